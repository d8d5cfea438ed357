/** The query string of an operation without parameters: any parameter is rejected. */
export class NoQuery {}

/** The query string of an operation that takes no parameters: whatever is in it is refused. */
export class NoQuery {}

/** Wanted by an endpoint instead of types: all of them, with those that are added later. */
export const anyType = '*';

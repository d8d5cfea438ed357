/** The id of an item or of a user, or its number. */
export const idPattern = /^(?:\d{1,15}|(?!\d+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/;

/** Whether a path segment can be an id or a number; if not, the resource does not exist. */
export function canBeId(segment: string): boolean {
  return idPattern.test(segment);
}

/** The number that a path segment is, of what is given out in sequence; undefined if there can be no such number. */
export function numberOf(segment: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(segment) ? Number(segment) : undefined;
}

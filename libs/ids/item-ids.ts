/** The id of an item or of a user, or its number. */
export const idPattern = /^(?:\d{1,15}|(?!\d+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/;

/** Whether a path segment can be an id or a number; if not, the resource does not exist. */
export function canBeId(segment: string): boolean {
  return idPattern.test(segment);
}

/** The id of an item or of a user, or its number. */
export const idPattern = /^(?:\d{1,15}|[A-Za-z][A-Za-z0-9_.]{0,63})$/;

/** Whether a path's segment can be the id or the number of anything; if not, there is nothing by that id. */
export function canBeId(segment: string): boolean {
  return idPattern.test(segment);
}

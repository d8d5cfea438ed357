export function slotStream(slotId: number): string {
  return `slot-${slotId}`;
}

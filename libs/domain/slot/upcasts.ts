/** Every event type of a slot, with what leads its older versions to today's, oldest first. */
export const slotUpcasts = { SlotOpened: [], SlotChanged: [] } as const;

/** Every event type of an item, with what leads its older versions to today's, oldest first. */
export const itemUpcasts = {
  // When it was created stood in the event's metadata alone, where an upcaster cannot see it.
  ItemCreated: [(data: Record<string, unknown>) => ({ ...data, createdAt: null })],
  ItemChanged: [],
  ItemDiscontinued: [],
  ItemReinstated: [],
} as const;

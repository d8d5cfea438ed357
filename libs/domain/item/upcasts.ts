/** Every event type of an item, with what leads its older versions to today's, oldest first. */
export const itemUpcasts = { ItemCreated: [] } as const;

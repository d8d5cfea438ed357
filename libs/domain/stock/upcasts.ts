/** Every event type of a stock, with what leads its older versions to today's, oldest first. */
export const stockUpcasts = { UnitsProvided: [] } as const;

import { itemUpcasts, type ItemEvent } from '#domain';
import { createCodec } from '#event-store';
import { defineProjection } from '#projections';

/** The items of the catalog as they are now. */
export const itemsProjection = defineProjection<ItemEvent>({
  name: 'items',
  schema: 1,
  table: {
    key: { id: 'text collate "C"' },
    columns: { number: 'bigint', name: 'text', price: 'bigint', created_at: 'timestamptz' },
    indexes: ['(number)'],
  },
  codec: createCodec<ItemEvent>(itemUpcasts),
  on: {
    ItemCreated: ({ itemId, number, name, price, recorded }) => ({
      id: itemId,
      number,
      name,
      price,
      created_at: new Date(recorded.metadata.at).toISOString(),
    }),
  },
});

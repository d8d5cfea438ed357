import { itemAggregate, type ItemFacts } from '#domain';
import { defineProjection, eventsOf, type Row } from '#projections';

/** The current state of all items, including discontinued ones. */
export const itemsProjection = defineProjection({
  name: 'items',
  schema: 3,
  table: {
    key: { id: 'text collate "C"' },
    columns: {
      number: 'bigint',
      name: 'text',
      price: 'bigint',
      discontinued: 'boolean',
      created_at: 'timestamptz',
    },
    indexes: [
      // Serves an item by its number.
      '(number)',
      // Serves the list of what is on sale, and its count.
      '(number) where not discontinued',
    ],
  },
  from: [
    eventsOf(itemAggregate, {
      ItemCreated: (event) => itemRow({ ...event, createdAt: event.recorded.metadata.at }, false),
      ItemChanged: (event) => itemRow(event, event.discontinued),
      ItemDiscontinued: (event) => itemRow(event, true),
      ItemReinstated: (event) => itemRow(event, false),
    }),
  ],
});

function itemRow({ itemId, number, name, price, createdAt }: ItemFacts, discontinued: boolean): Row {
  const created_at = createdAt === null ? null : new Date(createdAt).toISOString();
  return { id: itemId, number, name, price, discontinued, created_at };
}

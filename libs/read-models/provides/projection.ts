import { stockAggregate, stockEventGroups, stockOfStream, type UnitsProvided } from '#domain';
import { defineProjection, eventsOf, ignored, type Row, type Seen } from '#projections';

const { holds, orders, lends, transfers, settings } = stockEventGroups;

/** What users provided to inventories. */
export const providesProjection = defineProjection({
  name: 'provides',
  schema: 1,
  table: {
    key: { provide_id: 'bigint' },
    columns: {
      user_id: 'text collate "C"',
      item_id: 'text collate "C"',
      inventory_id: 'bigint',
      quantity: 'bigint',
      at: 'timestamptz',
    },
    // Serve the lists, the newest first: of all, of a user, of an inventory, and of an item.
    indexes: [
      '(at, provide_id)',
      '(user_id, at, provide_id)',
      '(inventory_id, at, provide_id)',
      '(item_id, at, provide_id)',
    ],
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(holds, orders, lends, transfers, settings),
      UnitsProvided: (event) => rowsOf(event),
      StockAdjusted: 'ignored',
      UnitsPurchased: 'ignored',
      UnitsGivenBack: 'ignored',
    }),
  ],
});

/** None for units that staff added directly. */
function rowsOf({ provideId, providerId, quantity, recorded }: Seen<UnitsProvided>): readonly Row[] {
  const stock = stockOfStream(recorded.stream);
  if (provideId === null || stock?.kind !== 'item') return [];
  return [
    {
      provide_id: provideId,
      user_id: providerId,
      item_id: stock.itemId,
      inventory_id: stock.inventoryId,
      quantity,
      at: new Date(recorded.metadata.at).toISOString(),
    },
  ];
}

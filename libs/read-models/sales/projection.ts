import { mainInventory, stockAggregate, stockEventGroups, stockOfStream, type StockEvent } from '#domain';
import { defineProjection, eventsOf, ignored, type Change, type Seen } from '#projections';

const { units, holds, orders, lends, transfers, settings } = stockEventGroups;

/** The units sold of each item in the main inventory. */
export const salesProjection = defineProjection({
  name: 'sales',
  schema: 1,
  table: {
    key: { item: 'text collate "C"' },
    columns: { sold: 'bigint' },
    // Serves the list of items by units sold. The availability has no index of its own, so that it is cheap to update.
    indexes: ['(sold, item) where sold > 0'],
    overwritten: true,
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(units, holds, orders, lends, transfers, settings),
      UnitsPurchased: soldRow,
      HoldConfirmed: soldRow,
      ReservationShipped: soldRow,
    }),
  ],
});

function soldRow({ balance, recorded }: Seen<StockEvent>): readonly Change[] {
  const stock = stockOfStream(recorded.stream);
  if (stock?.kind !== 'item' || stock.inventoryId !== mainInventory) return [];
  return [{ item: stock.itemId, sold: balance.taken }];
}

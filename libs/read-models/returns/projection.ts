import { stockAggregate, stockEventGroups } from '#domain';
import { defineProjection, eventsOf, ignored } from '#projections';

const { holds, orders, lends, transfers, settings } = stockEventGroups;

/** What was given back of purchases, holds and orders. */
export const returnsProjection = defineProjection({
  name: 'returns',
  schema: 1,
  followed: true,
  table: {
    // Serves whether all that was given back to a stock is here: its numbers have no gaps.
    key: { stock: 'text collate "C"', number: 'bigint' },
    columns: {
      source_id: 'text collate "C"',
      quantity: 'bigint',
      returned_quantity: 'bigint',
      reason: 'text',
      at: 'timestamptz',
      actor: 'text collate "C"',
    },
    // Serves what was given back of sources, the last first.
    indexes: ['(source_id, stock, number)'],
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(holds, orders, lends, transfers, settings),
      UnitsProvided: 'ignored',
      StockAdjusted: 'ignored',
      UnitsPurchased: 'ignored',
      UnitsGivenBack: ({ sourceId, quantity, returnedQuantity, reason, number, recorded }) => ({
        stock: recorded.stream,
        number,
        source_id: sourceId,
        quantity,
        returned_quantity: returnedQuantity,
        reason,
        at: new Date(recorded.metadata.at).toISOString(),
        actor: recorded.metadata.userId,
      }),
    }),
  ],
});

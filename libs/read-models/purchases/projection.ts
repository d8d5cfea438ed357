import { stockAggregate, type StockEvent } from '#domain';
import { codecOf } from '#event-store';
import { defineProjection } from '#projections';

/** Units that customers took at once. */
export const purchasesProjection = defineProjection<StockEvent>({
  name: 'purchases',
  schema: 1,
  table: {
    // Serves a purchase by its id.
    key: { purchase_id: 'text collate "C"', stock: 'text collate "C"' },
    columns: {
      customer_id: 'text collate "C"',
      quantity: 'bigint',
      remaining: 'bigint',
      at: 'timestamptz',
    },
    // Serves a customer's purchases, the newest first.
    indexes: ['(customer_id, at, purchase_id)'],
  },
  codec: codecOf(stockAggregate),
  on: {
    UnitsPurchased: ({ purchaseId, customerId, quantity, balance, recorded }) => ({
      purchase_id: purchaseId,
      stock: recorded.stream,
      customer_id: customerId,
      quantity,
      remaining: balance.available,
      at: new Date(recorded.metadata.at).toISOString(),
    }),
  },
});

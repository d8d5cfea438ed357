import { stockAggregate, stockEventGroups } from '#domain';
import { defineProjection, eventsOf, ignored } from '#projections';
import { labelColumns, labelRow } from '../labels.ts';

const { holds, orders, lends, transfers, settings } = stockEventGroups;

/** Purchases: units that customers took at once. */
export const purchasesProjection = defineProjection({
  name: 'purchases',
  schema: 4,
  table: {
    // Serves a purchase by its id.
    key: { purchase_id: 'text collate "C"', stock: 'text collate "C"' },
    columns: {
      customer_id: 'text collate "C"',
      quantity: 'bigint',
      remaining: 'bigint',
      at: 'timestamptz',
      ...labelColumns,
    },
    indexes: [
      // Serves a customer's purchases, the newest first.
      '(customer_id, at, purchase_id)',
      // Serves those of an item.
      '(stock, at, purchase_id)',
      // Serves all, and those of a time.
      '(at, purchase_id)',
      // Serve those of a reference, of all and of a customer.
      '(reference, at, purchase_id) where reference is not null',
      '(customer_id, reference, at, purchase_id) where reference is not null',
    ],
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(holds, orders, lends, transfers, settings),
      UnitsProvided: 'ignored',
      StockAdjusted: 'ignored',
      UnitsGivenBack: 'ignored',
      UnitsPurchased: ({ purchaseId, customerId, quantity, balance, recorded, ...purchase }) => ({
        purchase_id: purchaseId,
        stock: recorded.stream,
        customer_id: customerId,
        quantity,
        remaining: balance.available,
        at: new Date(recorded.metadata.at).toISOString(),
        ...labelRow(purchase),
      }),
    }),
  ],
});

import { stockAggregate, stockEventGroups, stockOfStream, type LendFacts } from '#domain';
import { defineProjection, eventsOf, ignored, type Change, type Seen } from '#projections';
import { labelColumns, labelRow } from '../labels.ts';

const { units, holds, orders, transfers, settings } = stockEventGroups;

/** Every lend as it is now, also when it is back. */
export const lendsProjection = defineProjection({
  name: 'lends',
  schema: 2,
  table: {
    key: { lend_id: 'bigint' },
    columns: {
      stock: 'text collate "C"',
      item_id: 'text collate "C"',
      inventory_id: 'bigint',
      borrower_id: 'text collate "C"',
      quantity: 'bigint',
      returned_quantity: 'bigint',
      lent_at: 'timestamptz',
      due_at: 'timestamptz',
      /** Whether that was recorded. */
      overdue: 'boolean',
      renewals: 'bigint',
      /** null until the last unit is back. */
      returned_at: 'timestamptz',
      ...labelColumns,
    },
    indexes: [
      // Serve the lends of all, of a borrower, of an inventory and of an item, the newest first.
      '(lent_at, lend_id)',
      '(borrower_id, lent_at, lend_id)',
      '(inventory_id, lent_at, lend_id)',
      '(item_id, lent_at, lend_id)',
      // Serve the same of what is not back, regardless of how much is.
      '(lent_at, lend_id) where returned_at is null',
      '(inventory_id, lent_at, lend_id) where returned_at is null',
      // Serve those of a reference, of all and of a borrower.
      '(reference, lent_at, lend_id) where reference is not null',
      '(borrower_id, reference, lent_at, lend_id) where reference is not null',
      // Serves what a borrower has on loan from an inventory.
      '(borrower_id, inventory_id, lend_id) where returned_at is null',
      // Serves where the units of an item are.
      '(stock, lend_id) where returned_at is null',
      // Serves the due list: which stocks have lends to mark overdue. Those that are marked stay for long.
      '(due_at) where returned_at is null and not overdue and due_at is not null',
    ],
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(units, holds, orders, transfers, settings),
      UnitsLent: (event) => lendRow(event),
      HoldLent: (event) => lendRow(event),
      LendRenewed: (event) => lendRow(event),
      LendOverdue: (event) => lendRow(event),
      UnitsReturned: (event) => lendRow(event),
    }),
  ],
});

function lendRow({ recorded, ...lend }: Seen<LendFacts>): readonly Change[] {
  const stock = stockOfStream(recorded.stream);
  // Only items are lent.
  if (stock?.kind !== 'item') return [];
  const isBack = lend.returnedQuantity >= lend.quantity;
  const row = {
    lend_id: lend.lendId,
    stock: recorded.stream,
    item_id: stock.itemId,
    inventory_id: stock.inventoryId,
    borrower_id: lend.borrowerId,
    quantity: lend.quantity,
    returned_quantity: lend.returnedQuantity,
    lent_at: timeOf(lend.lentAt),
    due_at: lend.dueAt === null ? null : timeOf(lend.dueAt),
    overdue: lend.overdue,
    renewals: lend.renewals,
    returned_at: isBack ? timeOf(recorded.metadata.at) : null,
    ...labelRow(lend),
  };
  return [row];
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

import { stockAggregate, type StockEvent } from '#domain';
import { defineProjection, everyEventOf, type Row, type Seen } from '#projections';

// Of the name of a stock: `stock-item:<item>:<inventory>`.
const isOfItem = `stock like 'stock-item:%'`;
const inventoryPart = `split_part(stock, ':', 3)`;
export const itemPart = `split_part(stock, ':', 2)`;

/** The condition that a stock is in an inventory, whose number is given as text. */
export function inInventory(number: string): string {
  return `${isOfItem} and ${inventoryPart} = ${number}`;
}

/** The balance of each stock: that of its latest event. */
export const availabilityProjection = defineProjection({
  name: 'availability',
  schema: 3,
  followed: true,
  table: {
    key: { stock: 'text collate "C"' },
    columns: {
      total: 'bigint',
      taken: 'bigint',
      held: 'bigint',
      reserved: 'bigint',
      lent: 'bigint',
      available: 'bigint',
      changed_at: 'timestamptz',
    },
    // Serves the items of an inventory, by their ids. A stock never moves, so that its new versions do not update this.
    indexesAfterReplay: [`(${inventoryPart}, ${itemPart}) where ${isOfItem}`],
    overwritten: true,
  },
  from: [everyEventOf(stockAggregate, balanceRow)],
});

function balanceRow({ balance, recorded }: Seen<StockEvent>): Row {
  return { stock: recorded.stream, ...balance, changed_at: new Date(recorded.metadata.at).toISOString() };
}

import { stockAggregate, type StockEvent } from '#domain';
import { defineProjection, everyEventOf, type Row, type Seen } from '#projections';

/** The balance of each stock: that of its latest event. */
export const availabilityProjection = defineProjection({
  name: 'availability',
  schema: 2,
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
    overwritten: true,
  },
  from: [everyEventOf(stockAggregate, balanceRow)],
});

function balanceRow({ balance, recorded }: Seen<StockEvent>): Row {
  return { stock: recorded.stream, ...balance, changed_at: new Date(recorded.metadata.at).toISOString() };
}

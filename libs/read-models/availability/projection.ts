import { stockAggregate, type Balance, type StockEvent } from '#domain';
import { codecOf } from '#event-store';
import { defineProjection, type Row, type Seen } from '#projections';

/** How many units of each stock there are, and what is promised of them: the balance of its latest event. */
export const availabilityProjection = defineProjection<StockEvent>({
  name: 'availability',
  schema: 1,
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
  codec: codecOf(stockAggregate),
  on: {
    UnitsProvided: balanceRow,
    StockAdjusted: balanceRow,
    UnitsPurchased: balanceRow,
    UnitsHeld: balanceRow,
    HoldConfirmed: balanceRow,
    HoldCancelled: balanceRow,
    HoldExpired: balanceRow,
    UnitsReserved: balanceRow,
    ReservationReleased: balanceRow,
    ReservationShipped: balanceRow,
    UnitsLent: balanceRow,
    UnitsReturned: balanceRow,
  },
});

function balanceRow({ balance, recorded }: Seen<{ readonly balance: Balance }>): Row {
  return { stock: recorded.stream, ...balance, changed_at: new Date(recorded.metadata.at).toISOString() };
}

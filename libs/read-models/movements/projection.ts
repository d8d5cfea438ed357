import { stockAggregate, type Balance, type StockEvent } from '#domain';
import { codecOf } from '#event-store';
import { defineProjection, type Row, type Seen } from '#projections';

/** Everything that ever happened to each stock, with the balance after it. */
export const movementsProjection = defineProjection<StockEvent>({
  name: 'movements',
  schema: 1,
  table: {
    // Serves the history of a stock, by revision.
    key: { stock: 'text collate "C"', revision: 'bigint' },
    columns: {
      type: 'text collate "C"',
      at: 'timestamptz',
      actor: 'text collate "C"',
      quantity: 'bigint',
      reference: 'text collate "C"',
      reason: 'text',
      total: 'bigint',
      taken: 'bigint',
      held: 'bigint',
      reserved: 'bigint',
      lent: 'bigint',
      available: 'bigint',
    },
    // Serves the stock as it was at a time: its last movement up to then.
    indexes: ['(stock, at, revision)'],
  },
  codec: codecOf(stockAggregate),
  on: {
    UnitsProvided: (event) => movement(event, event.quantity, event.provideId),
    StockAdjusted: (event) => ({ ...movement(event, event.delta), reason: event.reason }),
    UnitsPurchased: (event) => movement(event, event.quantity, event.purchaseId),
    UnitsHeld: (event) => movement(event, event.quantity, event.holdId),
    HoldExtended: (event) => movement(event, event.quantity, event.holdId),
    HoldConfirmed: (event) => movement(event, event.confirmedQuantity, event.holdId),
    HoldCancelled: (event) => movement(event, event.quantity, event.holdId),
    HoldExpired: (event) => movement(event, event.quantity, event.holdId),
    UnitsReserved: (event) => movement(event, event.quantity, event.orderId),
    ReservationReleased: (event) => movement(event, event.quantity, event.orderId),
    ReservationShipped: (event) => movement(event, event.quantity, event.orderId),
    UnitsLent: (event) => movement(event, event.quantity, event.lendId),
    UnitsReturned: (event) => movement(event, event.quantity, event.lendId),
    HoldLimitsSet: (event) => movement(event),
    ClosingTimeSet: (event) => movement(event),
    StockDiscontinued: (event) => movement(event),
    StockReinstated: (event) => movement(event),
    TimeNoted: (event) => movement(event),
  },
});

/** `reference` names what the movement was for: a provision, a purchase, a hold, an order or a lend. */
function movement(
  { type, balance, recorded }: Seen<{ readonly type: string; readonly balance: Balance }>,
  quantity: number | null = null,
  reference: string | number | null = null,
): Row {
  const { at, userId } = recorded.metadata;
  return {
    stock: recorded.stream,
    type,
    at: new Date(at).toISOString(),
    actor: userId,
    quantity,
    reference: reference === null ? null : String(reference),
    reason: null,
    ...balance,
  };
}

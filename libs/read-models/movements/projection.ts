import { stockAggregate, type StockEvent } from '#domain';
import { defineProjection, everyEventOf, type Row } from '#projections';

/** The history of each stock, with the balance after each event. */
export const movementsProjection = defineProjection({
  name: 'movements',
  schema: 3,
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
  from: [
    everyEventOf(stockAggregate, (event): Row => {
      const { type, balance, recorded } = event;
      const { at, userId } = recorded.metadata;
      return {
        stock: recorded.stream,
        type,
        at: new Date(at).toISOString(),
        actor: userId,
        quantity: quantityOf(event),
        reference: referenceOf(event),
        reason: reasonOf(event),
        ...balance,
      };
    }),
  ],
});

/** Units involved in the movement. */
function quantityOf(event: StockEvent): number | null {
  if ('delta' in event) return event.delta;
  if ('confirmedQuantity' in event) return event.confirmedQuantity;
  if ('reservedQuantity' in event) return event.reservedQuantity;
  if ('partQuantity' in event) return event.partQuantity;
  return 'quantity' in event ? event.quantity : null;
}

/** Why units were added, removed, or not moved: of a return, the condition of the units unless it is what is expected, and the note. */
function reasonOf(event: StockEvent): string | null {
  if (event.type !== 'UnitsReturned') {
    if (!('reason' in event)) return null;
    const { reason } = event;
    return reason === null || typeof reason === 'string' ? reason : reason.code;
  }
  const { condition, note } = event;
  if (condition === 'ok') return note;
  return note === null ? condition : `${condition}: ${note}`;
}

/** The id of the provision, purchase, hold, order, lend or transfer, also of what units were given back of. */
function referenceOf(event: StockEvent): string | null {
  if ('lendId' in event) return String(event.lendId);
  if ('holdId' in event) return event.holdId;
  if ('purchaseId' in event) return event.purchaseId;
  if ('sourceId' in event) return event.sourceId;
  if ('orderId' in event) return event.orderId;
  if ('transferId' in event) return String(event.transferId);
  return 'provideId' in event && event.provideId !== null ? String(event.provideId) : null;
}

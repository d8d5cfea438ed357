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
        reason: 'reason' in event ? event.reason : null,
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
  return 'quantity' in event ? event.quantity : null;
}

/** The id of the provision, purchase, hold, order or lend. */
function referenceOf(event: StockEvent): string | null {
  if ('holdId' in event) return event.holdId;
  if ('purchaseId' in event) return event.purchaseId;
  if ('orderId' in event) return event.orderId;
  if ('lendId' in event) return String(event.lendId);
  return 'provideId' in event && event.provideId !== null ? String(event.provideId) : null;
}

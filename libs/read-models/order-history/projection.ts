import { orderAggregate, type NotPlaced, type OrderEvent } from '#domain';
import { defineProjection, eventsOf, type Row, type Seen } from '#projections';

/** What became of each order, when and by whom. */
export const orderHistoryProjection = defineProjection({
  name: 'order_history',
  schema: 1,
  table: {
    // Serves the history of an order, by revision.
    key: { order_id: 'text collate "C"', revision: 'bigint' },
    columns: {
      type: 'text collate "C"',
      status: 'text collate "C"',
      at: 'timestamptz',
      actor: 'text collate "C"',
      details: 'json',
    },
  },
  from: [
    eventsOf(orderAggregate, {
      OrderSubmitted: (event) => historyRow(event),
      OrderPlaced: (event) => historyRow(event),
      OrderRejected: (event) => historyRow(event, shownReason(event.reason)),
      OrderProcessingStarted: (event) => historyRow(event),
      OrderPaid: (event) => historyRow(event, { reference: event.reference }),
      OrderShipped: (event) => historyRow(event, { trackingNumber: event.trackingNumber }),
      OrderCompleted: (event) => historyRow(event),
      OrderCancelled: (event) => historyRow(event, { reason: event.reason }),
      OrderSettled: 'ignored',
      OrderDeclined: 'ignored',
    }),
  ],
});

/** Clients know a hold by another id, which is not made here. */
function shownReason(reason: NotPlaced): object {
  if (!('holdId' in reason)) return reason;
  const { holdId: _id, ...shown } = reason;
  return shown;
}

function historyRow(event: Seen<Exclude<OrderEvent, { type: 'OrderDeclined' }>>, details: object = {}): Row {
  const { orderId, type, status, recorded } = event;
  const { at, userId: actor } = recorded.metadata;
  return { order_id: orderId, type, status, at: new Date(at).toISOString(), actor, details };
}

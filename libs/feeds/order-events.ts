import { orderAggregate, type OrderFacts, type OrderPaid } from '#domain';
import { handledEvents, type EventSource, type Seen } from '#projections';
import type { Told } from './public-event.ts';
import type { OrderShape, PaidOrderShape } from './shapes.ts';

/** What is told of orders: nothing before all units of an order are reserved, since it may still be rejected. */
export function orderEvents(): EventSource<readonly Told[]> {
  return handledEvents(orderAggregate, {
    OrderSubmitted: 'ignored',
    OrderPlaced: (event) => [{ type: 'order.placed', data: orderShape(event) }],
    OrderRejected: 'ignored',
    OrderProcessingStarted: (event) => [{ type: 'order.processing', data: orderShape(event) }],
    OrderPaid: (event) => [{ type: 'order.paid', data: paidOrderShape(event) }],
    OrderShipped: (event) => [{ type: 'order.shipped', data: orderShape(event) }],
    OrderCompleted: (event) => [{ type: 'order.completed', data: orderShape(event) }],
    OrderCancelled: (event) => [{ type: 'order.cancelled', data: { ...orderShape(event), reason: event.reason } }],
    OrderSettled: 'ignored',
    OrderDeclined: 'ignored',
  });
}

function orderShape(order: OrderFacts): OrderShape {
  const { orderId: id, orderNumber, customerId: userId, status, paymentMethod, trackingNumber } = order;
  const { subtotal, shipping, discount, total } = order;
  const shown = { id, orderNumber, userId, status, paymentMethod, subtotal, shipping, discount, total };
  return { ...shown, trackingNumber, ...order.labels };
}

/** Its `reference` was the payment before orders had one. */
function paidOrderShape(event: Seen<OrderPaid>): PaidOrderShape {
  const { reference: orderReference, ...order } = orderShape(event);
  const { reference } = event;
  return orderReference === undefined ? { ...order, reference } : { ...order, reference, orderReference };
}

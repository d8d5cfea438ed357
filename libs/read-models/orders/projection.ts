import { orderAggregate, type OrderEvent, type OrderFacts } from '#domain';
import { defineProjection, eventsOf, type Row, type Seen } from '#projections';
import { labelColumns, labelRow } from '../labels.ts';

/** Every order that was submitted, as it is now; its lines are in `order_lines`. */
export const ordersProjection = defineProjection({
  name: 'orders',
  schema: 2,
  followed: true,
  table: {
    key: { order_id: 'text collate "C"' },
    columns: {
      customer_id: 'text collate "C"',
      order_number: 'text collate "C"',
      subtotal: 'bigint',
      shipping: 'bigint',
      discount: 'bigint',
      total: 'bigint',
      status: 'text collate "C"',
      payment_method: 'text collate "C"',
      tracking_number: 'text',
      submitted_at: 'timestamptz',
      updated_at: 'timestamptz',
      awaits: 'text collate "C"',
      /** null once it is paid, or will not be. */
      payment_due_at: 'timestamptz',
      ...labelColumns,
    },
    indexes: [
      // Serves a customer's orders, the newest first, with any status or one.
      '(customer_id, submitted_at, order_id)',
      '(customer_id, status, submitted_at, order_id)',
      // Serves all orders, the newest first, with any status or one.
      '(submitted_at, order_id)',
      '(status, submitted_at, order_id)',
      // Serves an order by its number.
      '(order_number)',
      // Serve those of a reference, of all and of a customer.
      '(reference, submitted_at, order_id) where reference is not null',
      '(customer_id, reference, submitted_at, order_id) where reference is not null',
      // Serves the process that finishes orders: there are few of these at any time.
      '(updated_at) where awaits is not null',
      '(payment_due_at) where payment_due_at is not null',
    ],
  },
  from: [
    eventsOf(orderAggregate, {
      OrderSubmitted: orderRow,
      OrderPlaced: orderRow,
      OrderRejected: orderRow,
      OrderProcessingStarted: orderRow,
      OrderPaid: orderRow,
      OrderShipped: orderRow,
      OrderCompleted: orderRow,
      OrderCancelled: orderRow,
      OrderSettled: orderRow,
      OrderDeclined: 'ignored',
    }),
  ],
});

function orderRow(event: Seen<Exclude<OrderEvent, { type: 'OrderDeclined' }>>): Row {
  const { orderId, customerId, orderNumber, subtotal, shipping, discount, total, status, awaits } = event;
  return {
    order_id: orderId,
    customer_id: customerId,
    order_number: orderNumber,
    subtotal,
    shipping,
    discount,
    total,
    status,
    payment_method: event.paymentMethod,
    tracking_number: event.trackingNumber,
    submitted_at: timeOf(event.submittedAt),
    updated_at: timeOf(event.updatedAt),
    awaits,
    payment_due_at: paymentDueAt(event),
    ...labelRow(event),
  };
}

function paymentDueAt({ status, payBy, paidAt }: OrderFacts): string | null {
  const isOpen = status === 'pending' || status === 'processing';
  return isOpen && payBy !== null && paidAt === null ? timeOf(payBy) : null;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

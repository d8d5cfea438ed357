import type { OrderFacts } from '#domain';

/** An order that was just submitted, with the given facts instead. */
export function orderOf(facts: Partial<OrderFacts> = {}): OrderFacts {
  return {
    orderId: 'ord_1',
    customerId: 'ann',
    orderNumber: 'ORD-20260101-0001',
    subtotal: 600,
    shipping: 60,
    discount: 0,
    total: 660,
    paymentMethod: 'credit_card',
    ships: true,
    trackingNumber: null,
    submittedAt: 1000,
    payBy: null,
    paidAt: null,
    updatedAt: 1000,
    status: 'submitted',
    awaits: 'reservation',
    ...facts,
  };
}

import { isRejected, reject, type Aggregate, type Decision, type Rejected, type Timed } from './aggregate.ts';
import type { CustomerId, HoldId, ItemId, OrderId } from './ids.ts';
import { labelled, type Labels } from './labels.ts';
import type { StockRejection } from './stock/commands.ts';

export const orderStatuses = [
  'submitted',
  'pending',
  'processing',
  'shipped',
  'completed',
  'cancelled',
  'rejected',
] as const;
/** `submitted` until every unit is reserved, then `pending`; or `rejected`. */
export type OrderStatus = (typeof orderStatuses)[number];

export const paymentMethods = ['credit_card', 'atm', 'cod'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Name and price are those of the item when the order was submitted; the price is in minor units of the currency. */
export interface OrderLine {
  readonly itemId: ItemId;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly thumbnail: string | null;
  /** The customer's own hold that the line is taken from; null if its units are not held yet. */
  readonly holdId: HoldId | null;
}

/** Every event of an order contains this, as of the event, so that a reader needs only one event. */
export interface OrderFacts extends OrderSums {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly orderNumber: string;
  readonly total: number;
  /** null for an order that is not paid for here. */
  readonly paymentMethod: PaymentMethod | null;
  /** An order that does not ship is completed without being shipped first. */
  readonly ships: boolean;
  readonly trackingNumber: string | null;
  /** Times in milliseconds since 1970. */
  readonly submittedAt: number;
  /** The order is cancelled if it is not paid by then; null for no limit. */
  readonly payBy: number | null;
  readonly paidAt: number | null;
  /** When the order last changed, not counting the work of its stocks. */
  readonly updatedAt: number;
  readonly status: OrderStatus;
  /** What the stocks of the order have still to do; null if nothing. */
  readonly awaits: 'reservation' | 'release' | 'shipment' | null;
  readonly labels?: Labels;
}

export interface OrderSums {
  readonly subtotal: number;
  readonly shipping: number;
  readonly discount: number;
}

export type OrderEvent =
  | OrderSubmitted
  | OrderPlaced
  | OrderRejected
  | OrderProcessingStarted
  | OrderPaid
  | OrderShipped
  | OrderCompleted
  | OrderCancelled
  | OrderSettled
  | OrderDeclined;

/** What the customer wants, before any unit is reserved: from now on the order is either placed or rejected. */
export interface OrderSubmitted extends OrderFacts {
  readonly type: 'OrderSubmitted';
  readonly lines: readonly OrderLine[];
}

/** Every unit is reserved. */
export interface OrderPlaced extends OrderFacts {
  readonly type: 'OrderPlaced';
}

export interface OrderRejected extends OrderFacts {
  readonly type: 'OrderRejected';
  readonly reason: NotPlaced;
}

export interface OrderProcessingStarted extends OrderFacts {
  readonly type: 'OrderProcessingStarted';
}

export interface OrderPaid extends OrderFacts {
  readonly type: 'OrderPaid';
  /** The payment in the system of whoever took it. */
  readonly reference: string;
}

export interface OrderShipped extends OrderFacts {
  readonly type: 'OrderShipped';
}

export interface OrderCompleted extends OrderFacts {
  readonly type: 'OrderCompleted';
}

export interface OrderCancelled extends OrderFacts {
  readonly type: 'OrderCancelled';
  readonly reason: 'requested' | 'unpaid';
}

/** The stocks of the order have done what it awaited. */
export interface OrderSettled extends OrderFacts {
  readonly type: 'OrderSettled';
}

/** The order was answered with a rejection before it was submitted, and cannot be submitted any more. */
export interface OrderDeclined {
  readonly type: 'OrderDeclined';
  readonly reason: NotPlaced;
}

const events = {
  OrderSubmitted: [],
  OrderPlaced: [],
  OrderRejected: [],
  OrderProcessingStarted: [],
  OrderPaid: [],
  OrderShipped: [],
  OrderCompleted: [],
  OrderCancelled: [],
  OrderSettled: [],
  OrderDeclined: [],
} as const;

/** Why an order is not placed: one of its lines, or an outage that lasted too long. */
export type NotPlaced =
  | (StockRejection & { readonly itemId: ItemId })
  | { readonly code: 'ITEM_UNKNOWN'; readonly itemId: ItemId }
  | { readonly code: 'ORDER_TOTAL_TOO_LARGE'; readonly totalMax: number }
  | { readonly code: 'NOT_PLACED_IN_TIME' };

export type OrderCommand =
  | SubmitOrder
  | { readonly type: 'DeclineOrder'; readonly reason: NotPlaced }
  | { readonly type: 'PlaceOrder' }
  | { readonly type: 'RejectOrder'; readonly reason: NotPlaced }
  | { readonly type: 'SettleOrder' }
  /** Does nothing for an order that is paid, or not due yet. */
  | { readonly type: 'CancelUnpaidOrder' }
  | { readonly type: 'PayOrder'; readonly reference: string }
  | { readonly type: 'ProcessOrder' }
  | { readonly type: 'ShipOrder'; readonly trackingNumber: string }
  | { readonly type: 'CompleteOrder' }
  | {
      readonly type: 'CancelOrder';
      /** The required owner of the order; null for staff, who may cancel any order. */
      readonly customerId: CustomerId | null;
    };

export interface SubmitOrder {
  readonly type: 'SubmitOrder';
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly orderNumber: string;
  readonly lines: readonly OrderLine[];
  readonly paymentMethod: PaymentMethod | null;
  /** null for an order that does not ship. */
  readonly shipping: ShippingRates | null;
  /** How soon an order by credit card or bank transfer must be paid; null for no limit. */
  readonly payWithinMs: number | null;
  readonly labels?: Labels | undefined;
}

/** Shipping costs `fee`, or nothing for an order of at least `freeFrom`. In minor units of the currency. */
export interface ShippingRates {
  readonly freeFrom: number;
  readonly fee: number;
}

export type OrderRejection =
  | NotPlaced
  | { readonly code: 'ORDER_NOT_FOUND' }
  | { readonly code: 'ORDER_STATE'; readonly from: OrderStatus; readonly to: OrderStatus | 'paid' | 'returned' }
  | { readonly code: 'ORDER_PAID'; readonly reference: string };

export type Order =
  { readonly status: 'unknown' } | { readonly status: 'declined'; readonly reason: NotPlaced } | KnownOrder;

export interface KnownOrder extends OrderFacts {
  readonly lines: readonly OrderLine[];
  /** Why the order was rejected. */
  readonly reason: NotPlaced | null;
  /** The reference of its payment. */
  readonly payment: string | null;
}

type OrderDecision = Decision<OrderEvent, OrderRejection>;

function decide(command: Timed<OrderCommand>, order: Order): OrderDecision {
  if (command.type === 'SubmitOrder') return submit(command, order);
  if (command.type === 'DeclineOrder') return decline(command, order);
  if (order.status === 'unknown' || order.status === 'declined') return reject({ code: 'ORDER_NOT_FOUND' });
  const { status, awaits } = order;
  if (command.type === 'SettleOrder') {
    return awaits === 'release' || awaits === 'shipment'
      ? [{ type: 'OrderSettled', ...factsOf(order), awaits: null }]
      : [];
  }
  const facts = { ...factsOf(order), updatedAt: command.at };
  switch (command.type) {
    case 'PlaceOrder':
      return status === 'submitted' ? [{ type: 'OrderPlaced', ...facts, status: 'pending', awaits: null }] : [];
    case 'RejectOrder': {
      const { reason } = command;
      if (status !== 'submitted') return [];
      return [{ type: 'OrderRejected', ...facts, status: 'rejected', awaits: 'release', reason }];
    }
    case 'CancelUnpaidOrder': {
      const isDue = order.paidAt === null && order.payBy !== null && command.at >= order.payBy;
      if (!isDue || !isCancellable(status)) return [];
      return [cancelled(facts, 'unpaid')];
    }
    case 'PayOrder':
      return pay(command, order);
    case 'ProcessOrder':
      return (
        step('pending', 'processing', facts) ?? [{ type: 'OrderProcessingStarted', ...facts, status: 'processing' }]
      );
    case 'ShipOrder': {
      const { trackingNumber } = command;
      const shipped = { status: 'shipped', awaits: 'shipment', trackingNumber } as const;
      const from = facts.ships ? 'processing' : null;
      return step(from, 'shipped', facts) ?? [{ type: 'OrderShipped', ...facts, ...shipped }];
    }
    case 'CompleteOrder': {
      const completed = { ...facts, status: 'completed', awaits: facts.ships ? awaits : 'shipment' } as const;
      const from = facts.ships ? 'shipped' : 'processing';
      return step(from, 'completed', facts) ?? [{ type: 'OrderCompleted', ...completed }];
    }
    case 'CancelOrder':
      if (command.customerId !== null && command.customerId !== order.customerId) {
        return reject({ code: 'ORDER_NOT_FOUND' });
      }
      if (!isCancellable(status)) return reject({ code: 'ORDER_STATE', from: status, to: 'cancelled' });
      return [cancelled(facts, 'requested')];
  }
}

export const orderTotalMax = Number.MAX_SAFE_INTEGER;

function submit(command: Timed<SubmitOrder>, order: Order): OrderDecision {
  if (order.status === 'declined') return reject(order.reason);
  // Repeated long after its command was forgotten.
  if (order.status !== 'unknown') return [];
  const { orderId, customerId, orderNumber, lines, paymentMethod, payWithinMs, at } = command;
  const sums = sumsOf(command);
  if (isRejected(sums)) return sums;
  const isPaidBefore = paymentMethod === 'credit_card' || paymentMethod === 'atm';
  const facts: OrderFacts = {
    orderId,
    customerId,
    orderNumber,
    ...sums,
    total: sums.subtotal + sums.shipping - sums.discount,
    paymentMethod,
    ships: command.shipping !== null,
    trackingNumber: null,
    submittedAt: at,
    payBy: isPaidBefore && payWithinMs !== null ? at + payWithinMs : null,
    paidAt: null,
    updatedAt: at,
    status: 'submitted',
    awaits: 'reservation',
    ...labelled(command),
  };
  return [{ type: 'OrderSubmitted', ...facts, lines }];
}

/** What the lines cost, unless it is more than a number can hold. */
export function sumsOf({
  lines,
  shipping: rates,
}: Pick<SubmitOrder, 'lines' | 'shipping'>): OrderSums | Rejected<NotPlaced> {
  const subtotal = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const shipping = rates === null || subtotal >= rates.freeFrom ? 0 : rates.fee;
  if (subtotal + shipping > orderTotalMax) return reject({ code: 'ORDER_TOTAL_TOO_LARGE', totalMax: orderTotalMax });
  return { subtotal, shipping, discount: 0 };
}

function decline({ reason }: { readonly reason: NotPlaced }, order: Order): OrderDecision {
  return order.status === 'unknown' ? [{ type: 'OrderDeclined', reason }] : [];
}

function pay({ reference, at }: { readonly reference: string; readonly at: number }, order: KnownOrder): OrderDecision {
  const { status, payment } = order;
  if (payment !== null) return payment === reference ? [] : reject({ code: 'ORDER_PAID', reference: payment });
  if (status === 'submitted' || status === 'cancelled' || status === 'rejected') {
    return reject({ code: 'ORDER_STATE', from: status, to: 'paid' });
  }
  return [{ type: 'OrderPaid', ...factsOf(order), paidAt: at, updatedAt: at, reference }];
}

/** Undefined if the order may take this step. */
function step(from: OrderStatus | null, to: OrderStatus, { status }: OrderFacts): Rejected<OrderRejection> | undefined {
  return status === from ? undefined : reject({ code: 'ORDER_STATE', from: status, to });
}

function isCancellable(status: OrderStatus): boolean {
  return status === 'pending' || status === 'processing';
}

function cancelled(facts: OrderFacts, reason: OrderCancelled['reason']): OrderCancelled {
  return { type: 'OrderCancelled', ...facts, status: 'cancelled', awaits: 'release', reason };
}

function evolve(order: Order, event: OrderEvent): Order {
  if (event.type === 'OrderDeclined') return { status: 'declined', reason: event.reason };
  const facts = factsOf(event);
  if (event.type === 'OrderSubmitted') return { ...facts, lines: event.lines, reason: null, payment: null };
  if (order.status === 'unknown' || order.status === 'declined') throw new Error('an order begins with OrderSubmitted');
  const { lines, reason, payment } = order;
  if (event.type === 'OrderRejected') return { ...facts, lines, reason: event.reason, payment };
  if (event.type === 'OrderPaid') return { ...facts, lines, reason, payment: event.reference };
  return { ...facts, lines, reason, payment };
}

function factsOf(of: OrderFacts): OrderFacts {
  const { orderId, customerId, orderNumber, subtotal, shipping, discount, total } = of;
  const { paymentMethod, ships, trackingNumber, submittedAt, payBy, paidAt, updatedAt, status, awaits } = of;
  const what = { orderId, customerId, orderNumber, subtotal, shipping, discount, total };
  const how = { paymentMethod, ships, trackingNumber, submittedAt, payBy, paidAt, updatedAt, status, awaits };
  return { ...what, ...how, ...labelled(of) };
}

/** Several items that a customer gets all of, or none. */
export const orderAggregate = {
  category: 'order',
  streamOf: (orderId) => `order-${orderId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
} satisfies Aggregate<OrderId, Order, OrderCommand, OrderEvent, OrderRejection>;

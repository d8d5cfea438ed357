import type { Timed } from './aggregate.ts';
import type { ItemId } from './ids.ts';
import type { KnownOrder, NotPlaced, OrderCommand, OrderLine } from './order.ts';
import type { HeldForOrder, StockCommand, StockRejection } from './stock/commands.ts';
import { itemStock, stockStream, type StockId } from './stock/stock.ts';

/**
 * What has to be done for an order, as a pure function of the order and of what its stocks answered. The stream of the
 * order is its log: whoever reads it can go on, at any time and any number of times.
 */
export interface OrderProgress {
  readonly order: KnownOrder;
  readonly claims: readonly OrderClaim[];
  /** The items whose stock has done what the order awaits. */
  readonly done: ReadonlySet<ItemId>;
}

export type OrderProgressEvent =
  /** The order as it is recorded: at the beginning, and whenever it changed. */
  | { readonly type: 'OrderRead'; readonly order: KnownOrder }
  | { readonly type: 'StockAnswered'; readonly itemId: ItemId; readonly rejection?: StockRejection };

/** A command to a stock or to the order itself. */
export type OrderTask =
  | { readonly to: 'stock'; readonly itemId: ItemId; readonly stock: StockId; readonly command: StockCommand }
  | { readonly to: 'order'; readonly command: OrderCommand };

/** An order that is not placed by then is rejected. */
export const placeWithinMs = 5 * 60_000;

export function begin(order: KnownOrder): OrderProgress {
  return { order, claims: claimsOf(order), done: new Set() };
}

export function advance(progress: OrderProgress, event: OrderProgressEvent): OrderProgress {
  return event.type === 'OrderRead'
    ? begin(event.order)
    : { ...progress, done: progress.done.union(new Set([event.itemId])) };
}

/** What is to be done next, once the event has been taken into the progress. */
export function nextTasks(
  event: Timed<OrderProgressEvent>,
  { order, claims, done }: OrderProgress,
): readonly OrderTask[] {
  const isLast = claims.every(({ itemId }) => done.has(itemId));
  switch (order.awaits) {
    case null:
      return isPaymentDue(order, event.at) ? [toOrder({ type: 'CancelUnpaidOrder' })] : [];
    case 'reservation': {
      const reason = whyNotPlaced(event, order);
      if (reason !== undefined) return [toOrder({ type: 'RejectOrder', reason })];
      // One after the other: an order that is rejected has then taken as little as possible from others.
      const next = claims.find(({ itemId }) => !done.has(itemId));
      return [next === undefined ? toOrder({ type: 'PlaceOrder' }) : toStock(next, reserve(next, order))];
    }
    case 'release':
    case 'shipment': {
      if (isLast) return [toOrder({ type: 'SettleOrder' })];
      if (event.type === 'StockAnswered') return [];
      const type = order.awaits === 'release' ? 'ReleaseOrder' : 'ShipOrder';
      const { orderId, submittedAt } = order;
      return claims.map((claim) => toStock(claim, { type, orderId, submittedAt }));
    }
  }
}

function whyNotPlaced(event: Timed<OrderProgressEvent>, { submittedAt }: KnownOrder): NotPlaced | undefined {
  if (event.type === 'StockAnswered' && event.rejection !== undefined) {
    return notPlacedBecause(event.itemId, event.rejection);
  }
  return event.at > submittedAt + placeWithinMs ? { code: 'NOT_PLACED_IN_TIME' } : undefined;
}

/** The rejection of one line, as the rejection of its order. */
export function notPlacedBecause(itemId: ItemId, rejection: StockRejection): NotPlaced {
  const { code } = rejection;
  if (code === 'DISCONTINUED') return { code: 'ITEM_UNKNOWN', itemId };
  // The order ended elsewhere, or so much time has passed that this is not known.
  if (code === 'ORDER_RELEASED' || code === 'ORDER_TOO_OLD') return { code: 'NOT_PLACED_IN_TIME' };
  return { ...rejection, itemId };
}

export function isPaymentDue({ status, payBy, paidAt }: KnownOrder, at: number): boolean {
  const isOpen = status === 'pending' || status === 'processing';
  return isOpen && paidAt === null && payBy !== null && at >= payBy;
}

/** What an order takes of one stock: the lines of one item together. */
export interface OrderClaim {
  readonly itemId: ItemId;
  readonly quantity: number;
  readonly holds: readonly HeldForOrder[];
}

/**
 * In the order in which they are reserved, the same for all orders: by the names of their streams. What is held for the
 * customer comes last, since nobody else can take it: an order that is rejected for another line leaves the hold as it is.
 */
export function claimsOf({ lines }: { readonly lines: readonly OrderLine[] }): readonly OrderClaim[] {
  const byItem = Map.groupBy(lines, ({ itemId }) => itemId);
  const claims = Array.from(byItem, ([itemId, ofItem]) => ({
    itemId,
    quantity: sum(ofItem),
    holds: Array.from(
      Map.groupBy(ofItem, ({ holdId }) => holdId),
      ([holdId, ofHold]) => (holdId === null ? [] : [{ holdId, quantity: sum(ofHold) }]),
    ).flat(),
  }));
  const sortedAs = (claim: OrderClaim): string => `${isHeld(claim) ? 2 : 1} ${stockStream(itemStock(claim.itemId))}`;
  return claims.toSorted((one, other) => (sortedAs(one) < sortedAs(other) ? -1 : 1));
}

function isHeld({ quantity, holds }: OrderClaim): boolean {
  return quantity === sum(holds);
}

function sum(parts: readonly { readonly quantity: number }[]): number {
  return parts.reduce((total, { quantity }) => total + quantity, 0);
}

export function reserve(
  { quantity, holds }: OrderClaim,
  { orderId, customerId, submittedAt }: Pick<KnownOrder, 'orderId' | 'customerId' | 'submittedAt'>,
): StockCommand {
  return { type: 'ReserveForOrder', orderId, customerId, submittedAt, quantity, holds };
}

function toStock({ itemId }: OrderClaim, command: StockCommand): OrderTask {
  return { to: 'stock', itemId, stock: itemStock(itemId), command };
}

function toOrder(command: OrderCommand): OrderTask {
  return { to: 'order', command };
}

import { isRejected, reject, rejectSince, type Rejected } from '../aggregate.ts';
import { dueAtOnceMax, dueMetadataMax, holdLifeMsMax } from './commands.ts';
import type { StockDecision, Stocked, StockRejection } from './commands.ts';
import { notOnSale, overPurchaseLimit, unclaimable } from './decide-units.ts';
import { changed, type HoldExpired, type HoldFacts, type HoldReserved, type UnitsReserved } from './events.ts';
import { defaultHoldLimits, orderKey, type HoldLimits, type Stock } from './state.ts';
import { afterReservation } from '../reserved.ts';
import type { CustomerId, HoldId } from '../ids.ts';
import { labelled, metadataLength } from '../labels.ts';

export function hold(command: Stocked<'Hold'>, stock: Stock): StockDecision {
  const { holdId, customerId, quantity, ttlMs, at, limits = defaultHoldLimits } = command;
  // Repeated long after its command was forgotten: the claim exists, or has existed.
  if (stock.holds.has(holdId) || stock.endedHolds.has(holdId)) return [];
  const late = afterReservation(command);
  if (late !== undefined) return late;
  const { count, units } = stock.holdsByCustomer.get(customerId) ?? { count: 0, units: 0 };
  const { openHoldsMax, heldUnitsMax } = holdLimitsOf(stock, limits);
  const overLimit = count >= openHoldsMax || (heldUnitsMax !== null && units + quantity > heldUnitsMax);
  if (overLimit && !stock.discontinued) return reject({ code: 'LIMIT_PER_CUSTOMER', openHoldsMax, heldUnitsMax });
  const rejected =
    // What a customer has who is not counted here is asked when the hold is confirmed.
    notOnSale(stock, at) ??
    overPurchaseLimit({ customerId, quantity, isCounted: true }, stock, units) ??
    unclaimable(stock, command, at);
  if (rejected !== undefined) return rejected;
  const balance = changed(stock.balance, { held: quantity });
  const times = { createdAt: at, expiresAt: at + ttlMs };
  return [{ type: 'UnitsHeld', holdId, customerId, quantity, ...times, ...labelled(command), balance }];
}

export function extendHold(command: Stocked<'ExtendHold'>, stock: Stock): StockDecision {
  const found = openHold(command, stock);
  if (isRejected(found)) return found;
  const { at, ttlMs } = command;
  const latest = found.createdAt + holdLifeMsMax - ttlMs;
  if (at > latest) return rejectSince(latest + 1, { code: 'HOLD_TOO_LONG', lifeMsMax: holdLifeMsMax });
  return [{ type: 'HoldExtended', ...found, expiresAt: at + ttlMs, balance: stock.balance }];
}

export function confirmHold(command: Stocked<'ConfirmHold'>, stock: Stock): StockDecision {
  const found = openHold(command, stock);
  if (isRejected(found)) return found;
  const confirmedQuantity = command.quantity ?? found.quantity;
  if (confirmedQuantity > found.quantity) return notHeld(found.quantity, confirmedQuantity);
  const { customerId } = found;
  const rejected =
    afterReservation(command) ?? overPurchaseLimit({ ...command, customerId, quantity: confirmedQuantity }, stock);
  if (rejected !== undefined) return rejected;
  const balance = changed(stock.balance, { held: -found.quantity, taken: confirmedQuantity });
  return [{ type: 'HoldConfirmed', ...found, confirmedQuantity, balance }];
}

export function cancelHold(command: Stocked<'CancelHold'>, stock: Stock): StockDecision {
  const found = openHold(command, stock);
  if (isRejected(found)) return found;
  return [{ type: 'HoldCancelled', ...found, balance: changed(stock.balance, { held: -found.quantity }) }];
}

/** Expires the due holds, longest due first, up to a limit. */
export function expireDue({ at }: Stocked<'ExpireDue'>, stock: Stock): StockDecision {
  const events: HoldExpired[] = [];
  let balance = stock.balance;
  let metadata = 0;
  for (const [, holdId] of stock.holdsByDue) {
    const due = stock.holds.get(holdId);
    if (due === undefined || due.expiresAt > at || events.length >= dueAtOnceMax) break;
    metadata += metadataLength(due);
    if (metadata > dueMetadataMax && events.length > 0) break;
    balance = changed(balance, { held: -due.quantity });
    events.push({ type: 'HoldExpired', ...due, balance });
  }
  return events;
}

/** The limits of the stock, and where it has none, those of the installation. */
function holdLimitsOf({ saleTerms }: Stock, installation: HoldLimits): HoldLimits {
  const heldUnitsMax = saleTerms.heldUnitsMax === 0 ? null : (saleTerms.heldUnitsMax ?? installation.heldUnitsMax);
  return { openHoldsMax: saleTerms.openHoldsMax ?? installation.openHoldsMax, heldUnitsMax };
}

function notHeld(held: number, requested: number): Rejected<StockRejection> {
  return reject({ code: 'INSUFFICIENT_STOCK', available: held, requested });
}

interface HoldOfCaller {
  readonly holdId: HoldId;
  readonly customerId: CustomerId | null;
  readonly at: number;
}

/** The hold, if it is open and owned by the caller. The hold of another customer is rejected like an unknown one. */
export function openHold({ holdId, customerId, at }: HoldOfCaller, stock: Stock): HoldFacts | Rejected<StockRejection> {
  const found = stock.holds.get(holdId);
  const ended = stock.endedHolds.get(holdId);
  const owner = found?.customerId ?? ended?.customerId;
  if (owner === undefined || (customerId !== null && customerId !== owner)) {
    return reject({ code: 'HOLD_NOT_FOUND', holdId });
  }
  if (found !== undefined) return at < found.expiresAt ? found : reject({ code: 'HOLD_EXPIRED', holdId });
  switch (ended?.end) {
    case 'confirmed':
      return reject({ code: 'HOLD_CONFIRMED', holdId });
    case 'cancelled':
      return reject({ code: 'HOLD_CANCELLED', holdId });
    case 'expired':
    case undefined:
      return reject({ code: 'HOLD_EXPIRED', holdId });
  }
}

/**
 * One claim per order and stock, of all its lines: a repeated request changes nothing; after the release it is rejected.
 * The holds of the order become a part of it at once, so that they can neither expire nor be sold in between.
 */
export function reserveForOrder(command: Stocked<'ReserveForOrder'>, stock: Stock): StockDecision {
  const { orderId, customerId, quantity, at } = command;
  const end = endOfOrder(command, stock);
  if (end === 'released') return reject({ code: 'ORDER_RELEASED', orderId });
  if (end === 'shipped' || stock.reservations.has(orderId)) return [];
  if (end === 'forgotten') return reject({ code: 'ORDER_TOO_OLD', orderId });
  const notAllowed = afterReservation(command) ?? overPurchaseLimit(command, stock);
  if (notAllowed !== undefined) return notAllowed;
  const events: (HoldReserved | UnitsReserved)[] = [];
  let { balance } = stock;
  for (const { holdId, quantity: reservedQuantity } of command.holds) {
    const found = openHold({ holdId, customerId, at }, stock);
    if (isRejected(found)) return found;
    if (reservedQuantity > found.quantity) return notHeld(found.quantity, reservedQuantity);
    balance = changed(balance, { held: -found.quantity, reserved: reservedQuantity });
    events.push({ type: 'HoldReserved', ...found, orderId, reservedQuantity, balance });
  }
  const rest = quantity - command.holds.reduce((sum, { quantity: held }) => sum + held, 0);
  if (rest === 0) return events;
  const rejected = notOnSale(stock, at) ?? unclaimable({ ...stock, balance }, { quantity: rest }, at);
  if (rejected !== undefined) return rejected;
  const reserved = { orderId, customerId, quantity: rest };
  return [...events, { type: 'UnitsReserved', ...reserved, balance: changed(balance, { reserved: rest }) }];
}

export function releaseOrder({ orderId, submittedAt }: Stocked<'ReleaseOrder'>, stock: Stock): StockDecision {
  const quantity = stock.reservations.get(orderId)?.quantity;
  if (quantity === undefined && endOfOrder({ orderId, submittedAt }, stock) !== undefined) return [];
  const balance = changed(stock.balance, { reserved: -(quantity ?? 0) });
  return [{ type: 'ReservationReleased', orderId, submittedAt, quantity: quantity ?? 0, balance }];
}

export function shipOrder({ orderId, submittedAt }: Stocked<'ShipOrder'>, stock: Stock): StockDecision {
  const quantity = stock.reservations.get(orderId)?.quantity;
  if (quantity === undefined) {
    const end = endOfOrder({ orderId, submittedAt }, stock);
    return end === 'shipped' || end === 'forgotten' ? [] : reject({ code: 'RESERVATION_NOT_FOUND', orderId });
  }
  const balance = changed(stock.balance, { reserved: -quantity, taken: quantity });
  return [{ type: 'ReservationShipped', orderId, submittedAt, quantity, balance }];
}

type EndOfOrder = 'released' | 'shipped' | 'forgotten';

/** What became of an order that has no reservation here any more; undefined for one that is new to this stock. */
function endOfOrder(order: Parameters<typeof orderKey>[0], stock: Stock): EndOfOrder | undefined {
  const forgotten = order.submittedAt <= stock.ordersForgottenUpTo ? 'forgotten' : undefined;
  return stock.settledOrders.get(orderKey(order)) ?? forgotten;
}

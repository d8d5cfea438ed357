import { isRejected, reject, rejectSince, type Rejected } from '../decision.ts';
import { changed } from './balance.ts';
import { expireAtOnceMax, holdLifeMsMax, type StockRejection } from './commands.ts';
import type { StockDecision, Stocked } from './stock-decision.ts';
import type { HoldExpired, HoldFacts } from './events.ts';
import { unclaimable } from './on-sale.ts';
import { defaultHoldLimits, type Stock } from './state.ts';

export function hold(command: Stocked<'Hold'>, stock: Stock): StockDecision {
  const { holdId, customerId, quantity, ttlMs, at, limits = defaultHoldLimits } = command;
  // Asked for again, long after its command was forgotten: it is there already, or was.
  if (stock.holds.has(holdId) || stock.endedHolds.has(holdId)) return [];
  const { openHoldsMax, heldUnitsMax } = stock.holdLimits ?? limits;
  const { count, units } = stock.holdsByCustomer.get(customerId) ?? { count: 0, units: 0 };
  const overLimit = count >= openHoldsMax || (heldUnitsMax !== null && units + quantity > heldUnitsMax);
  if (overLimit && !stock.discontinued) return reject({ code: 'LIMIT_PER_CUSTOMER', openHoldsMax, heldUnitsMax });
  const balance = changed(stock.balance, { held: quantity });
  const facts = { holdId, customerId, quantity, createdAt: at, expiresAt: at + ttlMs };
  return unclaimable(stock, quantity, at) ?? [{ type: 'UnitsHeld', ...facts, balance }];
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
  if (confirmedQuantity > found.quantity) {
    return reject({ code: 'INSUFFICIENT_STOCK', available: found.quantity, requested: confirmedQuantity });
  }
  const balance = changed(stock.balance, { held: -found.quantity, taken: confirmedQuantity });
  return [{ type: 'HoldConfirmed', ...found, confirmedQuantity, balance }];
}

export function cancelHold(command: Stocked<'CancelHold'>, stock: Stock): StockDecision {
  const found = openHold(command, stock);
  if (isRejected(found)) return found;
  return [{ type: 'HoldCancelled', ...found, balance: changed(stock.balance, { held: -found.quantity }) }];
}

/** The holds that are due, the longest due first, a bounded number at once. */
export function expireDue({ at }: Stocked<'ExpireDue'>, stock: Stock): StockDecision {
  const events: HoldExpired[] = [];
  let balance = stock.balance;
  for (const [, holdId] of stock.holdsByDue) {
    const due = stock.holds.get(holdId);
    if (due === undefined || due.expiresAt > at || events.length >= expireAtOnceMax) break;
    balance = changed(balance, { held: -due.quantity });
    events.push({ type: 'HoldExpired', ...due, balance });
  }
  return events;
}

export function setHoldLimits({ openHoldsMax, heldUnitsMax }: Stocked<'SetHoldLimits'>, stock: Stock): StockDecision {
  const { holdLimits, balance } = stock;
  const same = holdLimits?.openHoldsMax === openHoldsMax && holdLimits.heldUnitsMax === heldUnitsMax;
  return same ? [] : [{ type: 'HoldLimitsSet', openHoldsMax, heldUnitsMax, balance }];
}

interface HoldOfCaller {
  readonly holdId: string;
  readonly customerId: string | null;
  readonly at: number;
}

/** The hold, if it is open and the caller's. Whoever asks for another's hears the same as for one that never was. */
function openHold({ holdId, customerId, at }: HoldOfCaller, stock: Stock): HoldFacts | Rejected<StockRejection> {
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

import { remember } from '../collections/recent.ts';
import type { HoldConfirmed, HoldCancelled, HoldExpired, HoldFacts, StockEvent } from './events.ts';
import {
  dueKey,
  endedHoldsMax,
  lendKey,
  returnedLendsMax,
  settledOrdersMax,
  type EndedHold,
  type Stock,
} from './state.ts';

export function evolveStock(stock: Stock, event: StockEvent): Stock {
  const next = { ...stock, balance: event.balance };
  switch (event.type) {
    case 'UnitsProvided':
    case 'StockAdjusted':
    case 'UnitsPurchased':
    case 'TimeNoted':
      return next;
    case 'UnitsHeld':
      return opened(next, factsOf(event));
    case 'HoldExtended':
      return opened(closed(next, event.holdId), factsOf(event));
    case 'HoldConfirmed':
      return ended(next, event, 'confirmed');
    case 'HoldCancelled':
      return ended(next, event, 'cancelled');
    case 'HoldExpired':
      return ended(next, event, 'expired');
    case 'UnitsReserved':
      return { ...next, reservations: stock.reservations.set(event.orderId, event.quantity) };
    case 'ReservationReleased':
      return settled(next, event.orderId, 'released');
    case 'ReservationShipped':
      return settled(next, event.orderId, 'shipped');
    case 'UnitsLent': {
      const { lendId, borrowerId, quantity, lentAt } = event;
      return { ...next, lends: stock.lends.set(lendKey(lendId), { borrowerId, quantity, lentAt }) };
    }
    case 'UnitsReturned': {
      const key = lendKey(event.lendId);
      const returnedLends = remember(stock.returnedLends, key, true, returnedLendsMax);
      return { ...next, lends: stock.lends.delete(key), returnedLends };
    }
    case 'HoldLimitsSet':
      return { ...next, holdLimits: { openHoldsMax: event.openHoldsMax, heldUnitsMax: event.heldUnitsMax } };
    case 'ClosingTimeSet':
      return { ...next, closesAt: event.closesAt };
    case 'StockDiscontinued':
      return { ...next, discontinued: true };
    case 'StockReinstated':
      return { ...next, discontinued: false };
  }
}

function factsOf({ holdId, customerId, quantity, createdAt, expiresAt }: HoldFacts): HoldFacts {
  return { holdId, customerId, quantity, createdAt, expiresAt };
}

/** Also how a stock comes back from a snapshot, hold by hold. */
export function opened(stock: Stock, facts: HoldFacts): Stock {
  const { count, units } = stock.holdsByCustomer.get(facts.customerId) ?? { count: 0, units: 0 };
  return {
    ...stock,
    holds: stock.holds.set(facts.holdId, facts),
    holdsByDue: stock.holdsByDue.set(dueKey(facts), facts.holdId),
    holdsByCustomer: stock.holdsByCustomer.set(facts.customerId, { count: count + 1, units: units + facts.quantity }),
  };
}

function closed(stock: Stock, holdId: string): Stock {
  const facts = stock.holds.get(holdId);
  if (facts === undefined) return stock;
  const { customerId, quantity } = facts;
  const { count, units } = stock.holdsByCustomer.get(customerId) ?? { count: 1, units: quantity };
  return {
    ...stock,
    holds: stock.holds.delete(holdId),
    holdsByDue: stock.holdsByDue.delete(dueKey(facts)),
    holdsByCustomer:
      count <= 1
        ? stock.holdsByCustomer.delete(customerId)
        : stock.holdsByCustomer.set(customerId, { count: count - 1, units: units - quantity }),
  };
}

function ended(stock: Stock, event: HoldConfirmed | HoldCancelled | HoldExpired, end: EndedHold['end']): Stock {
  const { holdId, customerId } = event;
  const endedHolds = remember(stock.endedHolds, holdId, { customerId, end }, endedHoldsMax);
  return { ...closed(stock, holdId), endedHolds };
}

function settled(stock: Stock, orderId: string, how: 'released' | 'shipped'): Stock {
  return {
    ...stock,
    reservations: stock.reservations.delete(orderId),
    settledOrders: remember(stock.settledOrders, orderId, how, settledOrdersMax),
  };
}

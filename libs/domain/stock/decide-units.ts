import { reject, rejectSince, type Rejected } from '../aggregate.ts';
import { claimsMax, unitsMax, type StockDecision, type Stocked, type StockRejection } from './commands.ts';
import { changed } from './events.ts';
import { openClaims, type Stock } from './state.ts';

export function provide(command: Stocked<'Provide'>, { balance }: Stock): StockDecision {
  const { quantity, provideId, providerId = null } = command;
  if (balance.total + quantity > unitsMax) return reject({ code: 'TOO_MANY_UNITS', unitsMax });
  const provided = changed(balance, { total: quantity });
  return [{ type: 'UnitsProvided', quantity, provideId, providerId, balance: provided }];
}

export function adjust({ delta, reason, expectedAvailable }: Stocked<'Adjust'>, { balance }: Stock): StockDecision {
  const { available } = balance;
  if (expectedAvailable !== undefined && expectedAvailable !== available) {
    return reject({ code: 'EXPECTED_MISMATCH', expected: expectedAvailable, available });
  }
  if (available + delta < 0) return reject({ code: 'INSUFFICIENT_STOCK', available, requested: -delta });
  if (balance.total + delta > unitsMax) return reject({ code: 'TOO_MANY_UNITS', unitsMax });
  if (delta === 0) return [];
  return [{ type: 'StockAdjusted', delta, reason, balance: changed(balance, { total: delta }) }];
}

/** Decided from the units that there are when it is recorded: no sale or hold meanwhile makes the correction wrong. */
export function count({ onHand, reason, at }: Stocked<'Count'>, stock: Stock): StockDecision {
  const { total, taken } = stock.balance;
  return adjust({ type: 'Adjust', delta: onHand - (total - taken), reason, at }, stock);
}

export function setCapacity({ capacity }: Stocked<'SetCapacity'>, { balance }: Stock): StockDecision {
  const promised = balance.total - balance.available;
  if (capacity < promised) return reject({ code: 'CAPACITY_TOO_SMALL', capacity, promised });
  if (capacity > unitsMax) return reject({ code: 'TOO_MANY_UNITS', unitsMax });
  const delta = capacity - balance.total;
  if (delta === 0) return [];
  return [{ type: 'StockAdjusted', delta, reason: 'capacity', balance: changed(balance, { total: delta }) }];
}

export function purchase(command: Stocked<'Purchase'>, stock: Stock): StockDecision {
  const { purchaseId, customerId, quantity, at } = command;
  const rejected = unpromisable(stock, quantity, at);
  if (rejected !== undefined) return rejected;
  const balance = changed(stock.balance, { taken: quantity });
  return [{ type: 'UnitsPurchased', purchaseId, customerId, quantity, balance }];
}

export function setClosingTime({ closesAt }: Stocked<'SetClosingTime'>, stock: Stock): StockDecision {
  return closesAt === stock.closesAt ? [] : [{ type: 'ClosingTimeSet', closesAt, balance: stock.balance }];
}

export function discontinue({ discontinued, balance }: Stock): StockDecision {
  return discontinued ? [] : [{ type: 'StockDiscontinued', balance }];
}

export function reinstate({ discontinued, balance }: Stock): StockDecision {
  return discontinued ? [{ type: 'StockReinstated', balance }] : [];
}

export function noteTime({ balance }: Stock): StockDecision {
  return [{ type: 'TimeNoted', balance }];
}

/** Why the units cannot be promised to a customer; undefined if they can. */
function unpromisable(stock: Stock, quantity: number, at: number): Rejected<StockRejection> | undefined {
  if (stock.discontinued) return reject({ code: 'DISCONTINUED' });
  const { closesAt } = stock;
  if (closesAt !== null && at >= closesAt) return rejectSince(closesAt, { code: 'CLOSED', closesAt });
  const { available } = stock.balance;
  return quantity > available ? reject({ code: 'INSUFFICIENT_STOCK', available, requested: quantity }) : undefined;
}

/** The same for a claim that stays open: their number per stock is limited. */
export function unclaimable(stock: Stock, quantity: number, at: number): Rejected<StockRejection> | undefined {
  return (
    unpromisable(stock, quantity, at) ??
    (openClaims(stock) >= claimsMax ? reject({ code: 'TOO_MANY_CLAIMS', claimsMax }) : undefined)
  );
}

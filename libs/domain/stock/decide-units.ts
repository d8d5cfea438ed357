import { isRejected, reject, rejectSince, type Rejected } from '../aggregate.ts';
import { afterReservation } from '../reserved.ts';
import type { CustomerId } from '../ids.ts';
import { labelled, metadataLength, type Labels } from '../labels.ts';
import { claimsMax, metadataOfClaimsMax, unitsMax } from './commands.ts';
import type { StockDecision, Stocked, StockRejection } from './commands.ts';
import { changed, type SaleTerms } from './events.ts';
import { isCountedHere, openClaims, type Stock } from './state.ts';

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

/**
 * All of it is one append, and the capacity is in its first event, so that nobody sees a stock without it. Without places
 * an event is recorded as well: it says that there are none. A stock that has had units keeps what was set since.
 */
export function openPlaces({ capacity, closesAt, at }: Stocked<'OpenPlaces'>, stock: Stock): StockDecision {
  if (stock.hasHadUnits) return [];
  const adjusted = setCapacity({ type: 'SetCapacity', capacity, at }, stock);
  if (isRejected(adjusted)) return adjusted;
  const [{ balance } = stock] = adjusted;
  const isSaid = adjusted.length > 0 && closesAt === stock.closesAt;
  return isSaid ? adjusted : [...adjusted, { type: 'ClosingTimeSet', closesAt, balance }];
}

export function purchase(command: Stocked<'Purchase'>, stock: Stock): StockDecision {
  const { purchaseId, customerId, quantity, at } = command;
  const late = afterReservation(command);
  if (late !== undefined) return late;
  const rejected = notOnSale(stock, at) ?? overPurchaseLimit(command, stock) ?? unpromisable(stock, quantity, at);
  if (rejected !== undefined) return rejected;
  const balance = changed(stock.balance, { taken: quantity });
  return [{ type: 'UnitsPurchased', purchaseId, customerId, quantity, ...labelled(command), balance }];
}

export function giveBack(command: Stocked<'GiveBack'>, stock: Stock): StockDecision {
  const { source, sourceId, customerId, takenQuantity, takenAt, reason, until, at } = command;
  if (stock.reservations.has(sourceId)) return reject({ code: 'NOT_SHIPPED_YET', orderId: sourceId });
  const before = returnedBefore(command, stock);
  if (before === undefined) return reject({ code: 'RETURNS_FORGOTTEN' });
  const outstanding = takenQuantity - before;
  const { quantity = outstanding } = command;
  if (quantity > outstanding || quantity === 0) {
    return reject({ code: 'MORE_THAN_TAKEN', outstanding, requested: quantity });
  }
  if (until !== null && at > until) return rejectSince(until + 1, { code: 'RETURN_TOO_LATE', endedAt: until });
  const taken = { source, sourceId, customerId, takenQuantity, takenAt, ...labelled(command) };
  const returned = { quantity, returnedQuantity: before + quantity, reason, number: stock.returnsCount + 1 };
  return [{ type: 'UnitsGivenBack', ...taken, ...returned, balance: changed(stock.balance, { taken: -quantity }) }];
}

/** Units of the source that were given back; undefined if only the stream knows, and it was not asked or not far enough. */
function returnedBefore({ sourceId, earlier }: Stocked<'GiveBack'>, stock: Stock): number | undefined {
  const known = stock.returns.get(sourceId);
  if (known !== undefined) return known.returnedQuantity;
  if (earlier !== undefined && earlier.upTo >= stock.returnsForgottenUpTo) return earlier.returnedQuantity;
  return stock.returnsForgottenUpTo === 0 ? 0 : undefined;
}

export function setSaleTerms({ type: _type, at, ...change }: Stocked<'SetSaleTerms'>, stock: Stock): StockDecision {
  const { saleTerms, balance } = stock;
  const changes = Object.entries(change).filter(([, value]) => value !== undefined);
  const wanted: SaleTerms = { ...saleTerms, ...Object.fromEntries(changes) };
  const names = Object.keys(wanted) as (keyof SaleTerms)[];
  if (names.every((name) => wanted[name] === saleTerms[name])) return [];
  const { saleStartsAt, saleEndsAt } = wanted;
  if (saleStartsAt !== null && saleEndsAt !== null && saleEndsAt <= saleStartsAt) {
    return reject({ code: 'SALE_ENDS_TOO_EARLY' });
  }
  const countedSince = stock.countedSince ?? (wanted.purchaseLimit === null ? null : at);
  return [{ type: 'SaleTermsSet', ...wanted, countedSince, balance }];
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

/** Why nothing is sold now; undefined if it is. */
export function notOnSale(stock: Stock, at: number): Rejected<StockRejection> | undefined {
  if (stock.discontinued) return reject({ code: 'DISCONTINUED' });
  const { saleStartsAt, saleEndsAt } = stock.saleTerms;
  const rejection = { code: 'NOT_ON_SALE', saleStartsAt, saleEndsAt } as const;
  if (saleStartsAt !== null && at < saleStartsAt) return reject(rejection);
  return saleEndsAt !== null && at >= saleEndsAt ? rejectSince(saleEndsAt, rejection) : undefined;
}

interface Taking {
  readonly customerId: CustomerId;
  readonly quantity: number;
  readonly isCounted?: boolean;
}

/**
 * Why the customer may not take so many; undefined if there is no limit, or it is not reached. Before a hold, `held` are
 * the units that the customer holds already.
 */
export function overPurchaseLimit(
  { customerId, quantity, isCounted = false }: Taking,
  stock: Stock,
  held = 0,
): Rejected<StockRejection> | undefined {
  const { purchaseLimit } = stock.saleTerms;
  if (purchaseLimit === null || (isCounted && !isCountedHere(stock, customerId))) return undefined;
  if (!isCountedHere(stock, customerId)) return reject({ code: 'NOT_COUNTED_HERE', purchaseLimit });
  const purchased = (stock.takenByCustomer.get(customerId) ?? 0) + held;
  if (purchased + quantity <= purchaseLimit) return undefined;
  return reject({ code: 'LIMIT_PER_CUSTOMER', purchaseLimit, purchased, requested: quantity });
}

/** Why the units cannot be promised to a customer; undefined if they can. */
function unpromisable(stock: Stock, quantity: number, at: number): Rejected<StockRejection> | undefined {
  if (stock.discontinued) return reject({ code: 'DISCONTINUED' });
  const { closesAt } = stock;
  if (closesAt !== null && at >= closesAt) return rejectSince(closesAt, { code: 'CLOSED', closesAt });
  const { available } = stock.balance;
  return quantity > available ? reject({ code: 'INSUFFICIENT_STOCK', available, requested: quantity }) : undefined;
}

/** The same for a claim that stays open: the state keeps it, so what there is of them is limited. */
export function unclaimable(
  stock: Stock,
  claim: { readonly quantity: number; readonly labels?: Labels | undefined },
  at: number,
): Rejected<StockRejection> | undefined {
  const rejected = unpromisable(stock, claim.quantity, at);
  if (rejected !== undefined) return rejected;
  if (openClaims(stock) >= claimsMax) return reject({ code: 'TOO_MANY_CLAIMS', claimsMax });
  if (claim.labels === undefined || stock.metadataOfClaims + metadataLength(claim) <= metadataOfClaimsMax) {
    return undefined;
  }
  return reject({ code: 'TOO_MUCH_METADATA', charactersMax: metadataOfClaimsMax });
}

import { SortedMap } from '../collections/sorted-map.ts';
import { remember } from '../collections/recent.ts';
import type { Balance, HoldEvent, HoldFacts, LendFacts, ReservationReleased, ReservationShipped } from './events.ts';
import type { SaleTerms, StockEvent, TransferEventOfStock, UnitsGivenBack } from './events.ts';
import type { CustomerId, HoldId, LendId, OrderId } from '../ids.ts';
import { labelled, metadataLength } from '../labels.ts';

export interface Stock {
  readonly balance: Balance;
  /** Whether there has ever been a unit. */
  readonly hasHadUnits: boolean;
  readonly discontinued: boolean;
  /** Units cannot be bought or held from this time on; null for no closing time. */
  readonly closesAt: number | null;
  readonly saleTerms: SaleTerms;
  /** What is taken from this time on counts towards the purchase limit; null for nothing. */
  readonly countedSince: number | null;
  /** The units taken by each customer that are counted, less what they gave back. Customers are added only. */
  readonly takenByCustomer: SortedMap<number>;
  /** What was given back of recent sources, by their id. */
  readonly returns: SortedMap<SourceReturns>;
  /** The same sources by `numberKey`: the first is the next to be forgotten. */
  readonly returnsByNumber: SortedMap<string>;
  readonly returnsCount: number;
  /** What was given back up to this number may have been forgotten. */
  readonly returnsForgottenUpTo: number;
  readonly holds: SortedMap<HoldFacts>;
  /** The open holds by `dueKey`: the first is the next to expire. */
  readonly holdsByDue: SortedMap<string>;
  readonly holdsByCustomer: SortedMap<CustomerHolds>;
  /** How recent holds ended, by hold id. */
  readonly endedHolds: SortedMap<EndedHold>;
  /** The units reserved for each order. */
  readonly reservations: SortedMap<Reservation>;
  /** Recent orders whose units were released or shipped, by `orderKey`; they can reserve no more. */
  readonly settledOrders: SortedMap<'released' | 'shipped'>;
  /** Orders submitted up to this time may have been settled and forgotten. */
  readonly ordersForgottenUpTo: number;
  /** The open lends, by `lendKey`. */
  readonly lends: SortedMap<LendFacts>;
  /** The open lends that are due at some time and not known to be overdue, by when: the first is the next to be due. */
  readonly lendsByDue: SortedMap<LendId>;
  /** The borrowers of recent lends that are back, by `lendKey`. */
  readonly returnedLends: SortedMap<CustomerId>;
  /** Lends up to this number may have been returned and forgotten. */
  readonly lendsForgottenUpTo: LendId;
  /** The length of the metadata of the open holds and lends, in UTF-16 units. */
  readonly metadataOfClaims: number;
  /** The last answer to each recent transfer, by `transferKey`. */
  readonly transfers: SortedMap<TransferEventOfStock['type']>;
  /** Transfers requested up to this time may have been answered and forgotten. */
  readonly transfersForgottenUpTo: number;
}

export interface SourceReturns {
  readonly returnedQuantity: number;
  /** Of the last event. */
  readonly number: number;
}

export interface Reservation {
  readonly quantity: number;
  readonly customerId: CustomerId | null;
  /** Units of them that were counted towards the purchase limit. */
  readonly countedQuantity: number;
}

/** Limits of open holds per customer and stock; `heldUnitsMax` is null for no limit of units. */
export interface HoldLimits {
  readonly openHoldsMax: number;
  readonly heldUnitsMax: number | null;
}

export const defaultHoldLimits: HoldLimits = { openHoldsMax: 100, heldUnitsMax: 100 };

export interface CustomerHolds {
  readonly count: number;
  readonly units: number;
}

export interface EndedHold {
  readonly customerId: CustomerId;
  readonly end: 'confirmed' | 'cancelled' | 'expired';
}

const endedHoldsMax = 1000;
const settledOrdersMax = 10_000;
const returnedLendsMax = 1000;
const transfersMax = 10_000;
const returnsMax = 10_000;
/** Customers of one stock whose purchases it counts, if it has a purchase limit. */
const customersCountedMax = 100_000;

export const emptyStock: Stock = {
  balance: { total: 0, taken: 0, held: 0, reserved: 0, lent: 0, available: 0 },
  hasHadUnits: false,
  discontinued: false,
  closesAt: null,
  saleTerms: { saleStartsAt: null, saleEndsAt: null, purchaseLimit: null, openHoldsMax: null, heldUnitsMax: null },
  countedSince: null,
  takenByCustomer: SortedMap.empty,
  returns: SortedMap.empty,
  returnsByNumber: SortedMap.empty,
  returnsCount: 0,
  returnsForgottenUpTo: 0,
  holds: SortedMap.empty,
  holdsByDue: SortedMap.empty,
  holdsByCustomer: SortedMap.empty,
  endedHolds: SortedMap.empty,
  reservations: SortedMap.empty,
  settledOrders: SortedMap.empty,
  ordersForgottenUpTo: -1,
  lends: SortedMap.empty,
  lendsByDue: SortedMap.empty,
  returnedLends: SortedMap.empty,
  lendsForgottenUpTo: 0,
  metadataOfClaims: 0,
  transfers: SortedMap.empty,
  transfersForgottenUpTo: -1,
};

export function evolveStock(stock: Stock, event: StockEvent): Stock {
  const { balance } = event;
  const next = { ...stock, balance, hasHadUnits: stock.hasHadUnits || balance.total > 0 };
  switch (event.type) {
    case 'UnitsProvided':
    case 'StockAdjusted':
    case 'TimeNoted':
      return next;
    case 'UnitsPurchased':
      return counted(next, event.customerId, event.quantity);
    case 'UnitsGivenBack':
      return givenBack(next, event);
    case 'UnitsHeld':
      return opened(next, factsOf(event));
    case 'HoldExtended':
      return opened(closed(next, event.holdId), factsOf(event));
    case 'HoldConfirmed':
      return counted(ended(next, event, 'confirmed'), event.customerId, event.confirmedQuantity);
    case 'HoldCancelled':
      return ended(next, event, 'cancelled');
    case 'HoldExpired':
      return ended(next, event, 'expired');
    case 'HoldReserved':
      return reserved(ended(next, event, 'confirmed'), event, event.reservedQuantity);
    case 'UnitsReserved':
      return reserved(next, event, event.quantity);
    case 'ReservationReleased':
      return settled(next, event, 'released');
    case 'ReservationShipped':
      return settled(next, event, 'shipped');
    case 'UnitsLent':
      return lent(next, lendOf(event));
    case 'HoldLent':
      return lent(ended(next, event, 'confirmed'), lendOf(event));
    case 'LendRenewed':
    case 'LendOverdue':
      return lent(withoutLend(next, event.lendId), lendOf(event));
    case 'UnitsReturned': {
      const without = withoutLend(next, event.lendId);
      return event.returnedQuantity < event.quantity ? lent(without, lendOf(event)) : returned(without, event);
    }
    case 'UnitsSent':
    case 'SendingRejected':
    case 'UnitsReceived':
    case 'ReceiptRejected':
    case 'SendingCancelled':
      return transferred(next, event);
    case 'SaleTermsSet':
      return { ...next, saleTerms: termsOf(event), countedSince: event.countedSince };
    case 'ClosingTimeSet':
      return { ...next, closesAt: event.closesAt };
    case 'StockDiscontinued':
      return { ...next, discontinued: true };
    case 'StockReinstated':
      return { ...next, discontinued: false };
  }
}

function termsOf(event: SaleTerms): SaleTerms {
  const { saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax } = event;
  return { saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax };
}

function factsOf(event: HoldFacts): HoldFacts {
  const { holdId, customerId, quantity, createdAt, expiresAt } = event;
  return { holdId, customerId, quantity, createdAt, expiresAt, ...labelled(event) };
}

/** Also used to restore a stock from a snapshot, hold by hold. */
export function opened(stock: Stock, facts: HoldFacts): Stock {
  const { count, units } = stock.holdsByCustomer.get(facts.customerId) ?? { count: 0, units: 0 };
  return {
    ...stock,
    holds: stock.holds.set(facts.holdId, facts),
    holdsByDue: stock.holdsByDue.set(dueKey(facts), facts.holdId),
    holdsByCustomer: stock.holdsByCustomer.set(facts.customerId, { count: count + 1, units: units + facts.quantity }),
    metadataOfClaims: stock.metadataOfClaims + metadataLength(facts),
  };
}

function closed(stock: Stock, holdId: HoldId): Stock {
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
    metadataOfClaims: stock.metadataOfClaims - metadataLength(facts),
  };
}

function ended(stock: Stock, event: HoldEvent, end: EndedHold['end']): Stock {
  const { holdId, customerId } = event;
  const endedHolds = remember(stock.endedHolds, holdId, { customerId, end }, endedHoldsMax);
  return { ...closed(stock, holdId), endedHolds };
}

function counted(stock: Stock, customerId: CustomerId | null, quantity: number): Stock {
  const { takenByCustomer, countedSince } = stock;
  if (countedSince === null || customerId === null || !isCountedHere(stock, customerId)) return stock;
  const taken = (takenByCustomer.get(customerId) ?? 0) + quantity;
  return { ...stock, takenByCustomer: takenByCustomer.set(customerId, taken) };
}

function countedLess(stock: Stock, customerId: CustomerId | null, quantity: number): Stock {
  const taken = customerId === null ? undefined : stock.takenByCustomer.get(customerId);
  if (taken === undefined || customerId === null) return stock;
  return { ...stock, takenByCustomer: stock.takenByCustomer.set(customerId, Math.max(0, taken - quantity)) };
}

/** Whether the stock counts what this customer takes, or could: never again otherwise once it counts so many. */
export function isCountedHere({ takenByCustomer }: Stock, customerId: CustomerId): boolean {
  return takenByCustomer.size < customersCountedMax || takenByCustomer.has(customerId);
}

function givenBack(stock: Stock, event: UnitsGivenBack): Stock {
  const { customerId, quantity, takenAt } = event;
  const { countedSince } = stock;
  // What was taken in the very moment may have been before it: a limit never allows more for it.
  const wasCounted = countedSince !== null && takenAt > countedSince;
  return remembered(wasCounted ? countedLess(stock, customerId, quantity) : stock, event);
}

/** What is forgotten is what was given back longest ago. */
function remembered(
  stock: Stock,
  { sourceId, returnedQuantity, number }: SourceReturns & { readonly sourceId: string },
): Stock {
  const before = stock.returns.get(sourceId);
  const byNumber =
    before === undefined ? stock.returnsByNumber : stock.returnsByNumber.delete(numberKey(before.number));
  const next = {
    ...stock,
    returns: stock.returns.set(sourceId, { returnedQuantity, number }),
    returnsByNumber: byNumber.set(numberKey(number), sourceId),
    returnsCount: number,
  };
  const [first, oldest] = (next.returns.size > returnsMax ? next.returnsByNumber.first() : undefined) ?? [];
  if (first === undefined || oldest === undefined) return next;
  return {
    ...next,
    returns: next.returns.delete(oldest),
    returnsByNumber: next.returnsByNumber.delete(first),
    returnsForgottenUpTo: Number(first),
  };
}

/** Sorts by number. */
export function numberKey(number: number): string {
  return String(number).padStart(timeDigits, '0');
}

function reserved(
  stock: Stock,
  { orderId, customerId }: { readonly orderId: OrderId; readonly customerId: CustomerId | null },
  quantity: number,
): Stock {
  const before = stock.reservations.get(orderId) ?? { quantity: 0, countedQuantity: 0 };
  const countedQuantity = before.countedQuantity + (stock.countedSince === null ? 0 : quantity);
  const reservation = { quantity: before.quantity + quantity, customerId, countedQuantity };
  return counted({ ...stock, reservations: stock.reservations.set(orderId, reservation) }, customerId, quantity);
}

function settled(stock: Stock, event: ReservationReleased | ReservationShipped, how: 'released' | 'shipped'): Stock {
  const { entries, forgottenUpTo } = rememberByTime(
    { entries: stock.settledOrders, forgottenUpTo: stock.ordersForgottenUpTo },
    orderKey(event),
    how,
    settledOrdersMax,
  );
  const reservation = stock.reservations.get(event.orderId);
  const reservations = stock.reservations.delete(event.orderId);
  const next = { ...stock, reservations, settledOrders: entries, ordersForgottenUpTo: forgottenUpTo };
  if (how === 'shipped' || reservation === undefined) return next;
  return countedLess(next, reservation.customerId, reservation.countedQuantity);
}

function transferred(stock: Stock, event: TransferEventOfStock): Stock {
  const { entries, forgottenUpTo } = rememberByTime(
    { entries: stock.transfers, forgottenUpTo: stock.transfersForgottenUpTo },
    transferKey(event),
    event.type,
    transfersMax,
  );
  return { ...stock, transfers: entries, transfersForgottenUpTo: forgottenUpTo };
}

interface Memory<V> {
  /** By keys that begin with a time. */
  readonly entries: SortedMap<V>;
  /** Entries up to this time may have been forgotten. */
  readonly forgottenUpTo: number;
}

/** What is forgotten is the entry of the earliest time. */
function rememberByTime<V>(memory: Memory<V>, key: string, value: V, countMax: number): Memory<V> {
  const entries = memory.entries.set(key, value);
  const [first] = (entries.size > countMax ? entries.first() : undefined) ?? [];
  if (first === undefined) return { ...memory, entries };
  const forgottenUpTo = Math.max(memory.forgottenUpTo, Number(first.slice(0, timeDigits)));
  return { entries: entries.delete(first), forgottenUpTo };
}

const timeDigits = 16;

/** Sorts orders by when they were submitted. */
export function orderKey({
  orderId,
  submittedAt,
}: {
  readonly orderId: OrderId;
  readonly submittedAt: number;
}): string {
  return keyByTime(submittedAt, orderId);
}

/** Sorts transfers by when they were requested. */
export function transferKey({
  transferId,
  requestedAt,
}: Pick<TransferEventOfStock, 'transferId' | 'requestedAt'>): string {
  return keyByTime(requestedAt, String(transferId));
}

function keyByTime(at: number, id: string): string {
  return `${String(at).padStart(timeDigits, '0')} ${id}`;
}

/** Sorts holds by when they are due. */
function dueKey({ holdId, expiresAt }: HoldFacts): string {
  return keyByTime(expiresAt, holdId);
}

function lendOf(event: LendFacts): LendFacts {
  const { lendId, borrowerId, quantity, returnedQuantity, lentAt, dueAt, overdue, renewals } = event;
  const lend = { lendId, borrowerId, quantity, returnedQuantity, lentAt, dueAt, overdue, renewals };
  return { ...lend, ...labelled(event) };
}

/** Also used to restore a stock from a snapshot, lend by lend. */
export function lent(stock: Stock, lend: LendFacts): Stock {
  const lends = stock.lends.set(lendKey(lend.lendId), lend);
  const key = lendDueKey(lend);
  const lendsByDue = key === undefined ? stock.lendsByDue : stock.lendsByDue.set(key, lend.lendId);
  return { ...stock, lends, lendsByDue, metadataOfClaims: stock.metadataOfClaims + metadataLength(lend) };
}

function withoutLend(stock: Stock, lendId: LendId): Stock {
  const lend = stock.lends.get(lendKey(lendId));
  const key = lend && lendDueKey(lend);
  return {
    ...stock,
    lends: stock.lends.delete(lendKey(lendId)),
    lendsByDue: key === undefined ? stock.lendsByDue : stock.lendsByDue.delete(key),
    metadataOfClaims: stock.metadataOfClaims - metadataLength(lend ?? {}),
  };
}

/** What is forgotten is the lend with the lowest number. */
function returned(stock: Stock, { lendId, borrowerId }: LendFacts): Stock {
  const returnedLends = stock.returnedLends.set(lendKey(lendId), borrowerId);
  const [first] = (returnedLends.size > returnedLendsMax ? returnedLends.first() : undefined) ?? [];
  if (first === undefined) return { ...stock, returnedLends };
  const lendsForgottenUpTo = Math.max(stock.lendsForgottenUpTo, Number(first));
  return { ...stock, returnedLends: returnedLends.delete(first), lendsForgottenUpTo };
}

/** Sorts lends by when they are due; undefined for one that never is, or is known to be overdue. */
function lendDueKey({ lendId, dueAt, overdue }: LendFacts): string | undefined {
  return dueAt === null || overdue ? undefined : keyByTime(dueAt, lendKey(lendId));
}

/** Sorts lends by their number. */
export function lendKey(lendId: LendId): string {
  return numberKey(lendId);
}

/** What has become of a lend; undefined for one that was never recorded, or is back and forgotten. */
export function lendIn(stock: Stock, lendId: LendId): LendFacts | 'returned' | undefined {
  const open = stock.lends.get(lendKey(lendId));
  return open ?? (stock.returnedLends.has(lendKey(lendId)) ? 'returned' : undefined);
}

export function openClaims({ holds, reservations, lends }: Stock): number {
  return holds.size + reservations.size + lends.size;
}

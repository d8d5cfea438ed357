import type { EventTypes } from '../aggregate.ts';
import type { CustomerId, HoldId, InventoryId, LendId, OrderId, TransferId } from '../ids.ts';
import type { Labels } from '../labels.ts';

/** The stock after the event. `available` is what can still be promised; it is never negative. */
export interface Balance {
  /** Units received minus units removed. */
  readonly total: number;
  /** Units sold, booked or consumed. */
  readonly taken: number;
  readonly held: number;
  readonly reserved: number;
  readonly lent: number;
  readonly available: number;
}

export type StockEvent =
  | UnitsProvided
  | StockAdjusted
  | UnitsPurchased
  | UnitsGivenBack
  | UnitsHeld
  | HoldExtended
  | HoldConfirmed
  | HoldCancelled
  | HoldExpired
  | HoldReserved
  | UnitsReserved
  | ReservationReleased
  | ReservationShipped
  | UnitsLent
  | HoldLent
  | LendRenewed
  | LendOverdue
  | UnitsReturned
  | UnitsSent
  | SendingRejected
  | UnitsReceived
  | ReceiptRejected
  | SendingCancelled
  | SaleTermsSet
  | ClosingTimeSet
  | StockDiscontinued
  | StockReinstated
  | TimeNoted;

interface Change {
  readonly balance: Balance;
}

export interface UnitsProvided extends Change {
  readonly type: 'UnitsProvided';
  readonly quantity: number;
  /** The number of the provision; null if staff added the units directly. */
  readonly provideId: number | null;
  /** Who provided them; null if staff added the units directly. */
  readonly providerId: CustomerId | null;
}

export interface StockAdjusted extends Change {
  readonly type: 'StockAdjusted';
  readonly delta: number;
  readonly reason: string;
}

export interface UnitsPurchased extends Change {
  readonly type: 'UnitsPurchased';
  readonly purchaseId: string;
  readonly customerId: CustomerId;
  readonly quantity: number;
  readonly labels?: Labels;
}

/** What a customer took units with: a purchase, a hold that was confirmed, or an order that was shipped. */
export type SourceKind = 'purchase' | 'hold' | 'order';

/** Units that were taken are available again. */
export interface UnitsGivenBack extends Change {
  readonly type: 'UnitsGivenBack';
  readonly source: SourceKind;
  readonly sourceId: string;
  readonly customerId: CustomerId;
  /** Units taken with the source, and when, in milliseconds since 1970. */
  readonly takenQuantity: number;
  readonly takenAt: number;
  /** Units given back with this event. */
  readonly quantity: number;
  /** Units of the source that were given back in all. */
  readonly returnedQuantity: number;
  readonly reason: string | null;
  /** Counts what was given back to this stock, from 1. */
  readonly number: number;
  /** Those of the source. */
  readonly labels?: Labels;
}

/**
 * Every event of a hold contains the whole hold, so that a reader needs only one event. Times in milliseconds since
 * 1970.
 */
export interface HoldFacts {
  readonly holdId: HoldId;
  readonly customerId: CustomerId;
  readonly quantity: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly labels?: Labels;
}

export interface UnitsHeld extends Change, HoldFacts {
  readonly type: 'UnitsHeld';
}

export interface HoldExtended extends Change, HoldFacts {
  readonly type: 'HoldExtended';
}

export interface HoldConfirmed extends Change, HoldFacts {
  readonly type: 'HoldConfirmed';
  /** Units taken of the hold; the others are available again. */
  readonly confirmedQuantity: number;
}

export interface HoldCancelled extends Change, HoldFacts {
  readonly type: 'HoldCancelled';
}

/** `expiresAt` is when it was due; the time of the event is when that was recorded. */
export interface HoldExpired extends Change, HoldFacts {
  readonly type: 'HoldExpired';
}

/** The hold ended by becoming a part of what is reserved for an order. */
export interface HoldReserved extends Change, HoldFacts {
  readonly type: 'HoldReserved';
  readonly orderId: OrderId;
  /** Units reserved of the hold; the others are available again. */
  readonly reservedQuantity: number;
}

/** Units of an order that were not held before. */
export interface UnitsReserved extends Change {
  readonly type: 'UnitsReserved';
  readonly orderId: OrderId;
  /** null if it was recorded before limits counted orders. */
  readonly customerId: CustomerId | null;
  readonly quantity: number;
}

interface OrderSettledHere extends Change {
  readonly orderId: OrderId;
  /** When the order was submitted, in milliseconds since 1970. */
  readonly submittedAt: number;
  readonly quantity: number;
}

/** Also recorded with quantity 0 for an order without a reservation here, so that a late reservation is rejected. */
export interface ReservationReleased extends OrderSettledHere {
  readonly type: 'ReservationReleased';
}

export interface ReservationShipped extends OrderSettledHere {
  readonly type: 'ReservationShipped';
}

/** Every event of a lend contains the whole lend, as it is after the event. Times in milliseconds since 1970. */
export interface LendFacts {
  readonly lendId: LendId;
  readonly borrowerId: CustomerId;
  /** Units lent, whether or not some of them are back. */
  readonly quantity: number;
  /** Units of them that are back, in whatever condition, or lost. */
  readonly returnedQuantity: number;
  readonly lentAt: number;
  /** null for a lend without a due time. */
  readonly dueAt: number | null;
  /** Whether it was recorded that the lend is overdue; a renewal takes that back. */
  readonly overdue: boolean;
  readonly renewals: number;
  readonly labels?: Labels;
}

export interface UnitsLent extends Change, LendFacts {
  readonly type: 'UnitsLent';
}

/** The hold ended by becoming a lend, of the same units to the same customer, with the same labels. */
export interface HoldLent extends Change, HoldFacts, LendFacts {
  readonly type: 'HoldLent';
}

export interface LendRenewed extends Change, LendFacts {
  readonly type: 'LendRenewed';
}

/** `dueAt` is when it was due; the time of the event is when that was recorded. */
export interface LendOverdue extends Change, LendFacts {
  readonly type: 'LendOverdue';
}

export const conditions = ['ok', 'damaged', 'lost'] as const;
/** How units come back; those that are damaged or lost are units of the stock no more. */
export type Condition = (typeof conditions)[number];

export interface UnitsReturned extends Change, LendFacts {
  readonly type: 'UnitsReturned';
  /** Units that came back with this event. */
  readonly partQuantity: number;
  readonly condition: Condition;
  readonly note: string | null;
}

/** Every event of a transfer names it, and the inventory at its other end. */
interface TransferredHere extends Change {
  readonly transferId: TransferId;
  /** When the transfer was requested, in milliseconds since 1970. */
  readonly requestedAt: number;
}

/** The units have left, and are in no stock until they are received. */
export interface UnitsSent extends TransferredHere {
  readonly type: 'UnitsSent';
  readonly quantity: number;
  readonly toInventoryId: InventoryId;
}

/** The final answer of the stock, so that no attempt that comes later sends the units after all. */
export interface SendingRejected extends TransferredHere {
  readonly type: 'SendingRejected';
  readonly toInventoryId: InventoryId;
  readonly reason: NotSent;
}

export interface UnitsReceived extends TransferredHere {
  readonly type: 'UnitsReceived';
  readonly quantity: number;
  readonly fromInventoryId: InventoryId;
}

/** The final answer of the stock: from now on, it is safe to give the units back to the stock that has sent them. */
export interface ReceiptRejected extends TransferredHere {
  readonly type: 'ReceiptRejected';
  readonly fromInventoryId: InventoryId;
  readonly reason: NotReceived;
}

/** The units are back, because the other stock has rejected them. */
export interface SendingCancelled extends TransferredHere {
  readonly type: 'SendingCancelled';
  readonly quantity: number;
  readonly toInventoryId: InventoryId;
  readonly reason: NotReceived;
}

export type NotSent =
  | { readonly code: 'INSUFFICIENT_STOCK'; readonly available: number; readonly requested: number }
  | { readonly code: 'NOT_IN_INVENTORY' };

export type NotReceived =
  | { readonly code: 'TOO_MANY_UNITS'; readonly unitsMax: number }
  /** So many later transfers have ended since that the stock does not take this one for a new one. */
  | { readonly code: 'TRANSFER_TOO_OLD' };

/** When units are sold, and how many a customer may have. Times in milliseconds since 1970. */
export interface SaleTerms {
  /** Units can be bought and held from this time on; null for no such time. */
  readonly saleStartsAt: number | null;
  /** Units can be bought and held before this time; null for no such time. */
  readonly saleEndsAt: number | null;
  /** Units bought, booked or ordered and not given back, together; null for no limit. */
  readonly purchaseLimit: number | null;
  /** Open holds; null if the limit of the installation applies. */
  readonly openHoldsMax: number | null;
  /** Units of open holds, 0 for no limit; null if the limit of the installation applies. */
  readonly heldUnitsMax: number | null;
}

export interface SaleTermsSet extends Change, SaleTerms {
  readonly type: 'SaleTermsSet';
  /** What a customer has taken since then counts towards `purchaseLimit`; null if it was never limited. */
  readonly countedSince: number | null;
}

export interface ClosingTimeSet extends Change {
  readonly type: 'ClosingTimeSet';
  readonly closesAt: number | null;
}

export interface StockDiscontinued extends Change {
  readonly type: 'StockDiscontinued';
}

export interface StockReinstated extends Change {
  readonly type: 'StockReinstated';
}

/**
 * Changes nothing but the time: recorded before a command is rejected as too late, so that an append decided earlier
 * and still on its way to the store cannot be recorded after that answer.
 */
export interface TimeNoted extends Change {
  readonly type: 'TimeNoted';
}

/** What the first version of lends did not have. */
const withoutDueTime = { dueAt: null, overdue: false, renewals: 0 };

/** Every event type of a stock, with its upcasters, oldest first. */
export const stockEvents = {
  UnitsProvided: [(provided) => ({ ...provided, providerId: null })],
  StockAdjusted: [],
  UnitsPurchased: [],
  UnitsGivenBack: [],
  UnitsHeld: [],
  HoldExtended: [],
  HoldConfirmed: [],
  HoldCancelled: [],
  HoldExpired: [],
  HoldReserved: [],
  UnitsReserved: [(reserved) => ({ ...reserved, customerId: null })],
  ReservationReleased: [],
  ReservationShipped: [],
  UnitsLent: [(lent) => ({ ...lent, ...withoutDueTime, returnedQuantity: 0 })],
  HoldLent: [],
  LendRenewed: [],
  LendOverdue: [],
  UnitsReturned: [
    (returned) => {
      const { quantity } = returned;
      const whole = { returnedQuantity: quantity, partQuantity: quantity, condition: 'ok', note: null };
      return { ...returned, ...withoutDueTime, ...whole };
    },
  ],
  UnitsSent: [],
  SendingRejected: [],
  UnitsReceived: [],
  ReceiptRejected: [],
  SendingCancelled: [],
  SaleTermsSet: [],
  ClosingTimeSet: [],
  StockDiscontinued: [],
  StockReinstated: [],
  TimeNoted: [],
} as const satisfies EventTypes<StockEvent>;

/** The event types, grouped by subject. */
export const stockEventGroups = {
  units: ['UnitsProvided', 'StockAdjusted', 'UnitsPurchased', 'UnitsGivenBack'],
  holds: ['UnitsHeld', 'HoldExtended', 'HoldConfirmed', 'HoldCancelled', 'HoldExpired', 'HoldReserved'],
  orders: ['UnitsReserved', 'ReservationReleased', 'ReservationShipped'],
  lends: ['UnitsLent', 'HoldLent', 'LendRenewed', 'LendOverdue', 'UnitsReturned'],
  transfers: ['UnitsSent', 'SendingRejected', 'UnitsReceived', 'ReceiptRejected', 'SendingCancelled'],
  settings: ['SaleTermsSet', 'ClosingTimeSet', 'StockDiscontinued', 'StockReinstated', 'TimeNoted'],
} as const satisfies Record<string, readonly StockEvent['type'][]>;

/** The events of a hold. One that became a lend has an event that is also one of the lend. */
export type HoldEvent = Extract<StockEvent, { readonly type: (typeof stockEventGroups)['holds'][number] }> | HoldLent;
export type LendEvent = Extract<StockEvent, { readonly type: (typeof stockEventGroups)['lends'][number] }>;
/** What a stock answers to a transfer, each time for good. */
export type TransferEventOfStock = Extract<
  StockEvent,
  { readonly type: (typeof stockEventGroups)['transfers'][number] }
>;

/** The units that were available before an event: an event says how it changed them, and how many there are after it. */
export function availableBefore(event: StockEvent): number {
  return event.balance.available - changeOf(event);
}

function changeOf(event: StockEvent): number {
  switch (event.type) {
    case 'UnitsProvided':
    case 'HoldCancelled':
    case 'HoldExpired':
    case 'ReservationReleased':
    case 'UnitsGivenBack':
    case 'UnitsReceived':
    case 'SendingCancelled':
      return event.quantity;
    case 'UnitsReturned':
      return event.condition === 'ok' ? event.partQuantity : 0;
    case 'StockAdjusted':
      return event.delta;
    case 'UnitsPurchased':
    case 'UnitsHeld':
    case 'UnitsReserved':
    case 'UnitsLent':
    case 'UnitsSent':
      return -event.quantity;
    case 'HoldConfirmed':
      return event.quantity - event.confirmedQuantity;
    case 'HoldReserved':
      return event.quantity - event.reservedQuantity;
    case 'HoldExtended':
    case 'HoldLent':
    case 'LendRenewed':
    case 'LendOverdue':
    case 'ReservationShipped':
    case 'SendingRejected':
    case 'ReceiptRejected':
    case 'SaleTermsSet':
    case 'ClosingTimeSet':
    case 'StockDiscontinued':
    case 'StockReinstated':
    case 'TimeNoted':
      return 0;
  }
}

type Part = Exclude<keyof Balance, 'available'>;

/** The balance after a change of its parts, with `available` recomputed. */
export function changed(balance: Balance, change: { readonly [P in Part]?: number }): Balance {
  const total = balance.total + (change.total ?? 0);
  const taken = balance.taken + (change.taken ?? 0);
  const held = balance.held + (change.held ?? 0);
  const reserved = balance.reserved + (change.reserved ?? 0);
  const lent = balance.lent + (change.lent ?? 0);
  return { total, taken, held, reserved, lent, available: total - taken - held - reserved - lent };
}

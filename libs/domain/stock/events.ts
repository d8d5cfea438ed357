import type { EventTypes } from '../aggregate.ts';
import type { CustomerId, HoldId, OrderId } from '../ids.ts';

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
  | UnitsReturned
  | HoldLimitsSet
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

export interface UnitsLent extends Change {
  readonly type: 'UnitsLent';
  readonly lendId: number;
  readonly borrowerId: string;
  readonly quantity: number;
  readonly lentAt: number;
}

export interface UnitsReturned extends Change {
  readonly type: 'UnitsReturned';
  readonly lendId: number;
  readonly borrowerId: string;
  readonly quantity: number;
  readonly lentAt: number;
}

export interface HoldLimitsSet extends Change {
  readonly type: 'HoldLimitsSet';
  readonly openHoldsMax: number;
  readonly heldUnitsMax: number | null;
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

/** Every event type of a stock, with its upcasters, oldest first. */
export const stockEvents = {
  UnitsProvided: [],
  StockAdjusted: [],
  UnitsPurchased: [],
  UnitsHeld: [],
  HoldExtended: [],
  HoldConfirmed: [],
  HoldCancelled: [],
  HoldExpired: [],
  HoldReserved: [],
  UnitsReserved: [],
  ReservationReleased: [],
  ReservationShipped: [],
  UnitsLent: [],
  UnitsReturned: [],
  HoldLimitsSet: [],
  ClosingTimeSet: [],
  StockDiscontinued: [],
  StockReinstated: [],
  TimeNoted: [],
} as const satisfies EventTypes<StockEvent>;

/** The event types, grouped by subject. */
export const stockEventGroups = {
  units: ['UnitsProvided', 'StockAdjusted', 'UnitsPurchased'],
  holds: ['UnitsHeld', 'HoldExtended', 'HoldConfirmed', 'HoldCancelled', 'HoldExpired', 'HoldReserved'],
  orders: ['UnitsReserved', 'ReservationReleased', 'ReservationShipped'],
  lends: ['UnitsLent', 'UnitsReturned'],
  settings: ['HoldLimitsSet', 'ClosingTimeSet', 'StockDiscontinued', 'StockReinstated', 'TimeNoted'],
} as const satisfies Record<string, readonly StockEvent['type'][]>;

export type HoldEvent = Extract<StockEvent, { readonly type: (typeof stockEventGroups)['holds'][number] }>;

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

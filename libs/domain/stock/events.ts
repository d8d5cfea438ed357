import type { EventTypes } from '../aggregate.ts';

/** The stock after the event. `available` is what can still be promised to somebody; it is never negative. */
export interface Balance {
  /** Units ever received, less those removed. */
  readonly total: number;
  /** Sold, booked or consumed: they do not come back. */
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
  /** The number of the provision, when somebody provided them; null when staff just added them. */
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
  readonly customerId: string;
  readonly quantity: number;
}

/** Every event of a hold carries the whole hold: whoever reads one needs no other. Times in milliseconds since 1970. */
export interface HoldFacts {
  readonly holdId: string;
  readonly customerId: string;
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
  /** How many of the held units were wanted in the end; the others are available again. */
  readonly confirmedQuantity: number;
}

export interface HoldCancelled extends Change, HoldFacts {
  readonly type: 'HoldCancelled';
}

/** Its `expiresAt` says when it was due; when that was noticed is the event's own time. */
export interface HoldExpired extends Change, HoldFacts {
  readonly type: 'HoldExpired';
}

export interface UnitsReserved extends Change {
  readonly type: 'UnitsReserved';
  readonly orderId: string;
  readonly quantity: number;
}

/** Also recorded for an order that has nothing reserved here, with quantity 0: a reserve that comes late is then refused. */
export interface ReservationReleased extends Change {
  readonly type: 'ReservationReleased';
  readonly orderId: string;
  readonly quantity: number;
}

export interface ReservationShipped extends Change {
  readonly type: 'ReservationShipped';
  readonly orderId: string;
  readonly quantity: number;
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
 * Nothing changed but the time: recorded before a command is rejected for coming too late, so that nothing that was
 * decided earlier, and is still on its way to the store, can be recorded after that answer.
 */
export interface TimeNoted extends Change {
  readonly type: 'TimeNoted';
}

/** Every event type of a stock, with what leads its older versions to today's, oldest first. */
export const stockEvents = {
  UnitsProvided: [],
  StockAdjusted: [],
  UnitsPurchased: [],
  UnitsHeld: [],
  HoldExtended: [],
  HoldConfirmed: [],
  HoldCancelled: [],
  HoldExpired: [],
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

/** The events by what they are about. */
export const stockEventGroups = {
  units: ['UnitsProvided', 'StockAdjusted', 'UnitsPurchased'],
  holds: ['UnitsHeld', 'HoldExtended', 'HoldConfirmed', 'HoldCancelled', 'HoldExpired'],
  orders: ['UnitsReserved', 'ReservationReleased', 'ReservationShipped'],
  lends: ['UnitsLent', 'UnitsReturned'],
  settings: ['HoldLimitsSet', 'ClosingTimeSet', 'StockDiscontinued', 'StockReinstated', 'TimeNoted'],
} as const satisfies Record<string, readonly StockEvent['type'][]>;

export type HoldEvent = Extract<StockEvent, { readonly type: (typeof stockEventGroups)['holds'][number] }>;

type Part = Exclude<keyof Balance, 'available'>;

/** The balance after a change of its parts; what is available follows from them. */
export function changed(balance: Balance, change: { readonly [P in Part]?: number }): Balance {
  const total = balance.total + (change.total ?? 0);
  const taken = balance.taken + (change.taken ?? 0);
  const held = balance.held + (change.held ?? 0);
  const reserved = balance.reserved + (change.reserved ?? 0);
  const lent = balance.lent + (change.lent ?? 0);
  return { total, taken, held, reserved, lent, available: total - taken - held - reserved - lent };
}

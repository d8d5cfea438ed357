import { SortedMap } from '../collections/sorted-map.ts';
import type { Balance, HoldFacts } from './events.ts';

export interface Stock {
  readonly balance: Balance;
  readonly discontinued: boolean;
  /** From then on nobody can buy or hold; null for never. */
  readonly closesAt: number | null;
  /** Null while the installation's apply. */
  readonly holdLimits: HoldLimits | null;
  readonly holds: SortedMap<HoldFacts>;
  /** The open holds by `dueKey`: the first is the next to expire. */
  readonly holdsByDue: SortedMap<string>;
  readonly holdsByCustomer: SortedMap<CustomerHolds>;
  /** How the latest holds ended, by hold id. */
  readonly endedHolds: SortedMap<EndedHold>;
  /** Units reserved, by order. */
  readonly reservations: SortedMap<number>;
  /** The latest orders that had their units released or shipped: they get no others. */
  readonly settledOrders: SortedMap<'released' | 'shipped'>;
  readonly lends: SortedMap<Lend>;
  readonly returnedLends: SortedMap<true>;
}

/** What one customer may hold of a stock at once; `heldUnitsMax` null for any number of units. */
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
  readonly customerId: string;
  readonly end: 'confirmed' | 'cancelled' | 'expired';
}

export interface Lend {
  readonly borrowerId: string;
  readonly quantity: number;
  readonly lentAt: number;
}

export const endedHoldsMax = 1000;
export const settledOrdersMax = 10_000;
export const returnedLendsMax = 1000;

export const emptyStock: Stock = {
  balance: { total: 0, taken: 0, held: 0, reserved: 0, lent: 0, available: 0 },
  discontinued: false,
  closesAt: null,
  holdLimits: null,
  holds: SortedMap.empty,
  holdsByDue: SortedMap.empty,
  holdsByCustomer: SortedMap.empty,
  endedHolds: SortedMap.empty,
  reservations: SortedMap.empty,
  settledOrders: SortedMap.empty,
  lends: SortedMap.empty,
  returnedLends: SortedMap.empty,
};

const timeDigits = 16;

/** Sorts holds by when they are due. */
export function dueKey({ holdId, expiresAt }: HoldFacts): string {
  return `${String(expiresAt).padStart(timeDigits, '0')} ${holdId}`;
}

/** Sorts lends by their number. */
export function lendKey(lendId: number): string {
  return String(lendId).padStart(timeDigits, '0');
}

export function openClaims({ holds, reservations, lends }: Stock): number {
  return holds.size + reservations.size + lends.size;
}

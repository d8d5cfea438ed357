import type { Balance, HoldFacts, LendFacts, StockEvent } from '#domain';

/** A balance with the given fields, others zero, and `available` computed. */
export function balanceOf(parts: Partial<Omit<Balance, 'available'>>): Balance {
  const { total = 0, taken = 0, held = 0, reserved = 0, lent = 0 } = parts;
  return { total, taken, held, reserved, lent, available: total - taken - held - reserved - lent };
}

/** A stock that was provided with units. */
export function provided(quantity: number): StockEvent {
  const balance = balanceOf({ total: quantity });
  return { type: 'UnitsProvided', quantity, provideId: null, providerId: null, balance };
}

export function holdOf(facts: Partial<HoldFacts> = {}): HoldFacts {
  return { holdId: 'h1', customerId: 'ann', quantity: 2, createdAt: 1000, expiresAt: 6000, ...facts };
}

export function lendOf(facts: Partial<LendFacts> = {}): LendFacts {
  const begun = { lendId: 7, borrowerId: 'ann', quantity: 3, returnedQuantity: 0, lentAt: 2000 };
  return { ...begun, dueAt: null, overdue: false, renewals: 0, ...facts };
}

/** No terms of a sale, as they are before any are set. */
export const unlimited = {
  saleStartsAt: null,
  saleEndsAt: null,
  purchaseLimit: null,
  openHoldsMax: null,
  heldUnitsMax: null,
  countedSince: null,
} as const;

import type { Balance } from './events.ts';

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

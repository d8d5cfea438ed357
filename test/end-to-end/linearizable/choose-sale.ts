import type { Choose } from './client.ts';

/** Of an item or a slot: holds and what becomes of them, purchases, and corrections by staff. */
export const chooseSale: Choose = (stock, person, random) => {
  const quantity = random.integer(1, 4);
  if (person.isStaff && stock.path.startsWith('/items/')) {
    const expected = random.chance(0.5) ? { expected: stock.seen } : {};
    return { ask: { type: 'adjust', delta: random.pick([-3, -1, 4, 9]), ...expected } };
  }
  // Now and then somebody else's.
  const [whose = person.id] = random.chance(0.05) ? stock.holds.keys() : [];
  const [first, ...others] = stock.holds.get(whose) ?? [];
  const chosen = random.next();
  if (first === undefined || chosen < 0.45) {
    const isPurchase = chosen < 0.15 && stock.path.startsWith('/items/');
    if (isPurchase) return { ask: { type: 'purchase', quantity } };
    return { ask: { type: 'hold', quantity, ttlMs: random.pick([1000, 1000, 2000, 60_000]) } };
  }
  const id = random.pick([first, ...others]);
  const holdId = stock.holdId(id);
  if (chosen < 0.6) return { ask: { type: 'confirm', holdId, ...(random.chance(0.5) ? { quantity: 1 } : {}) }, id };
  if (chosen < 0.75) return { ask: { type: 'extend', holdId, ttlMs: random.pick([1000, 2000]) }, id };
  return { ask: { type: 'cancel', holdId }, id };
};

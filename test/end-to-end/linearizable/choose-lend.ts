import { conditions } from '#domain';
import type { Choose, Person } from './client.ts';
import type { LendAsk } from './history.ts';
import type { Random } from './random.ts';

/** Of the inventories that these clients lend from. */
export const renewalsMax = 1;
const otherShare = 0.1;
const ttlsMs = [1000, 1000, 60_000, 60_000] as const;

/** Of an item in an inventory: lends and what becomes of them, holds that become lends, provides, and corrections. */
export const chooseLend: Choose = (stock, person, random) => {
  const quantity = random.integer(1, 3);
  if (person.isStaff && random.chance(0.4)) {
    const expected = random.chance(0.5) ? { expected: stock.seen } : {};
    return { ask: { type: 'adjust', delta: random.pick([-2, -1, 1, 3]), ...expected } };
  }
  if (random.chance(0.02)) return { ask: { type: 'provide', quantity } };
  const chosen = random.next();
  const lendId = known(stock.lends, person, random);
  if (lendId !== undefined && chosen < 0.45) return { ask: askOf(lendId, random) };
  const id = known(stock.holds, person, random);
  if (id !== undefined && chosen < 0.6) {
    const holdId = stock.holdId(id);
    if (random.chance(0.25)) return { ask: { type: 'cancel', holdId }, id };
    return { ask: { type: 'lend-held', holdId, dueAt: dueAtOf(random) }, id };
  }
  // Staff lend to others too.
  const [borrowerId = person.id] = person.isStaff ? stock.holds.keys() : [];
  if (chosen < 0.8) return { ask: { type: 'lend', quantity, borrowerId, dueAt: dueAtOf(random) } };
  return { ask: { type: 'hold', quantity, ttlMs: random.pick(ttlsMs) } };
};

/** One of the person's, or now and then somebody else's. */
function known<Id>(all: ReadonlyMap<string, readonly Id[]>, person: Person, random: Random): Id | undefined {
  const [whose = person.id] = random.chance(otherShare) ? all.keys() : [];
  const [first, ...others] = all.get(whose) ?? [];
  return first === undefined ? undefined : random.pick([first, ...others]);
}

function askOf(lendId: number, random: Random): LendAsk {
  if (random.chance(0.3)) return { type: 'renew', lendId, dueAt: laterThanAll(random), renewalsMax };
  const part = random.chance(0.6) ? { quantity: random.integer(1, 3) } : {};
  return { type: 'return', lendId, condition: random.chance(0.2) ? random.pick(conditions) : 'ok', ...part };
}

function dueAtOf(random: Random): number | null {
  return random.chance(0.3) ? null : laterThanAll(random);
}

/** Later than the last try. */
function laterThanAll(random: Random): number {
  return Date.now() + 86_400_000 + random.integer(0, 999);
}

import type { Movement, MovementSort } from '#read-models';
import { List } from '../edge/paging/list.ts';

/** A cursor goes on in the order in which it began. */
export function historyLists(name: string): Readonly<Record<MovementSort, List<Movement>>> {
  const keyed = { keyOf: ({ revision }: Movement) => String(revision), keyShape: /^\d{1,15}$/ };
  return { oldest: new List({ name, ...keyed }), newest: new List({ name: `${name}-newest`, ...keyed }) };
}

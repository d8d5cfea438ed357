import type { EventTypes } from '#domain';

/** Events of a category without an aggregate, for tests of the infrastructure. */
export function plainEvents<E extends { readonly type: string }>(category: string, ...types: readonly E['type'][]) {
  const events = Object.fromEntries(types.map((type) => [type, []])) as unknown as EventTypes<E>;
  return { category, events, evolve: (_: unknown, event: E): unknown => event };
}

import type { SortedMap } from './sorted-map.ts';

/** Remembers one more, and forgets the first by key once there are more than may be. */
export function remember<V>(map: SortedMap<V>, key: string, value: V, countMax: number): SortedMap<V> {
  const grown = map.set(key, value);
  const first = grown.first();
  return grown.size > countMax && first !== undefined ? grown.delete(first[0]) : grown;
}

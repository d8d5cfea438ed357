import type { SortedMap } from './sorted-map.ts';

/** Adds an entry, and removes the first by key if there are too many. */
export function remember<V>(map: SortedMap<V>, key: string, value: V, countMax: number): SortedMap<V> {
  const grown = map.set(key, value);
  const first = grown.first();
  return grown.size > countMax && first !== undefined ? grown.delete(first[0]) : grown;
}

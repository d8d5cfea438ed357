import fc from 'fast-check';
import { SortedMap } from './sorted-map.ts';

type Step = readonly ['set' | 'delete', string];
const steps = fc.array(fc.tuple(fc.constantFrom('set' as const, 'delete' as const), fc.string({ maxLength: 3 })), {
  maxLength: 200,
});

function played(history: readonly Step[]): { map: SortedMap<number>; model: Map<string, number> } {
  const model = new Map<string, number>();
  let map: SortedMap<number> = SortedMap.empty;
  for (const [index, [action, key]] of history.entries()) {
    if (action === 'set') model.set(key, index);
    else model.delete(key);
    map = action === 'set' ? map.set(key, index) : map.delete(key);
  }
  return { map, model };
}

describe('a sorted map', () => {
  it('is what a plain map is, in the order of its keys', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { map, model } = played(history);
        const sorted = [...model].toSorted(([a], [b]) => (a < b ? -1 : 1));
        expect([...map]).toEqual(sorted);
        expect(map.size).toBe(model.size);
        expect(map.first()).toEqual(sorted[0]);
        for (const key of model.keys()) expect(map.get(key)).toBe(model.get(key));
      }),
    );
  });

  it('never changes: the one before a step is as it was', () => {
    fc.assert(
      fc.property(steps, fc.string({ maxLength: 3 }), (history, key) => {
        const { map } = played(history);
        const before = [...map];
        map.set(key, -1);
        map.delete(key);
        expect([...map]).toEqual(before);
      }),
    );
  });

  it('finds one key among many in few steps', () => {
    const keys = Array.from({ length: 20_000 }, (_, n) => String(n).padStart(8, '0'));
    const map = SortedMap.from(keys.map((key) => [key, key] as const));
    expect(keys.every((key) => map.get(key) === key)).toBe(true);
    expect(map.first()?.[0]).toBe('00000000');
  });

  it('is its entries as JSON, whatever way it came about', () => {
    const map = SortedMap.from([
      ['b', 2],
      ['a', 1],
    ]);
    expect(JSON.stringify(map)).toBe('[["a",1],["b",2]]');
    expect(JSON.stringify(map.set('c', 3).delete('c'))).toBe(JSON.stringify(map));
    expect(JSON.stringify(SortedMap.empty)).toBe('[]');
  });

  it('is made of entries in any order, and of the last of each key', () => {
    const ascending = Array.from({ length: 500 }, (_, n) => [String(n).padStart(3, '0'), n] as const);
    const entries = [...ascending.toReversed(), ...ascending.map(([key, n]) => [key, n + 1] as const)];
    for (const from of [ascending, entries]) {
      let map = SortedMap.from(from);
      const plain = new Map(from);
      for (const [key] of ascending) {
        expect(map.get(key)).toBe(plain.get(key));
        if (Number(key) % 3 === 0) map = map.delete(key);
      }
      const left = ascending.filter(([, n]) => n % 3 !== 0).map(([key]) => [key, plain.get(key)]);
      expect([...map]).toEqual(left);
      expect(map.size).toBe(left.length);
    }
  });

  it('is the very same when there is nothing to delete', () => {
    const map = SortedMap.from([['a', 1]]);
    expect(map.delete('b')).toBe(map);
  });
});

import { remember } from './recent.ts';
import { SortedMap } from './sorted-map.ts';

describe('what was remembered last', () => {
  it('is as many as may be, and the first by key is forgotten for one more', () => {
    const two = SortedMap.from([
      ['a', 1],
      ['b', 2],
    ]);
    expect([...remember(two, 'c', 3, 3)]).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    expect([...remember(two, 'c', 3, 2)]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('is no more for being remembered again', () => {
    const one = SortedMap.from([['a', 1]]);
    expect([...remember(one, 'a', 2, 1)]).toEqual([['a', 2]]);
  });
});

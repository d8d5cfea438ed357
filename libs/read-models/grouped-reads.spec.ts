import { setImmediate as nextTurn } from 'node:timers/promises';
import { GroupedReads, TooManyReads } from './grouped-reads.ts';

describe('grouped reads', () => {
  /** Reads that answer only when they are told to. */
  function gated() {
    const groups: { keys: readonly string[]; finish: PromiseWithResolvers<readonly string[]> }[] = [];
    const reads = new GroupedReads<string, string>(String, (keys) => {
      const finish = Promise.withResolvers<readonly string[]>();
      groups.push({ keys, finish });
      return finish.promise;
    });
    const finish = (group: number): void => {
      const { keys = [], finish: answer } = groups[group] ?? {};
      answer?.resolve(keys.map((key) => `${key}!`));
    };
    return { reads, groups, finish };
  }

  it('gather in one turn of the event loop, each key once', async () => {
    const { reads, groups, finish } = gated();
    const asked = [reads.read('a'), reads.read('b'), reads.read('a')];
    expect(groups).toEqual([]);
    await nextTurn();
    finish(0);
    expect(await Promise.all(asked)).toEqual(['a!', 'b!', 'a!']);
    expect(groups.map(({ keys }) => keys)).toEqual([['a', 'b']]);
  });

  it('gather while two reads are under way, each key once, and are answered by the next', async () => {
    const { reads, groups, finish } = gated();
    const first = [reads.read('a')];
    await nextTurn();
    first.push(reads.read('b'));
    await nextTurn();
    const later = [reads.read('c'), reads.read('a'), reads.read('c')];
    await nextTurn();
    expect(groups.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
    finish(0);
    expect(await first[0]).toBe('a!');
    finish(1);
    finish(2);
    expect(await Promise.all(later)).toEqual(['c!', 'a!', 'c!']);
    expect(groups.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['c', 'a']]);
  });

  it('never answer with what was read before they were asked for', async () => {
    const { reads, groups, finish } = gated();
    const before = reads.read('a');
    await nextTurn();
    void reads.read('b');
    await nextTurn();
    const after = reads.read('a');
    await nextTurn();
    finish(0);
    await before;
    expect(groups.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['a']]);
    finish(2);
    expect(await after).toBe('a!');
  });

  it('fail together, and those after them do not', async () => {
    let broken = true;
    const reads = new GroupedReads<string, string>(String, async (keys) => {
      if (broken) throw new Error('away');
      return keys;
    });
    await expect(reads.read('a')).rejects.toThrow('away');
    broken = false;
    for (const key of ['a', 'b', 'c']) expect(await reads.read(key)).toBe(key);
  });

  it('are bounded in number', async () => {
    const { reads } = gated();
    for (let n = 0; n < 10_000; n++) void reads.read(String(n));
    await expect(reads.read('one more')).rejects.toThrow(TooManyReads);
  });
});

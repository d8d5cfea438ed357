import { WorkList } from './work-list.ts';

describe('a list of work', () => {
  const never = new AbortController().signal;
  let tried: string[];

  beforeEach(() => {
    tried = [];
  });

  function listOf(atOnceMax = 1) {
    return new WorkList<string>({ atOnceMax, nameOf: (entry) => entry });
  }

  /** Fails for entries that begin with an x. */
  async function work(entry: string): Promise<void> {
    tried.push(entry);
    await Promise.resolve();
    if (entry.startsWith('x')) throw new Error(`${entry} failed`);
  }

  it('is done in its order, and what failed the last time comes last', async () => {
    const list = listOf();
    await expect(list.each(['x1', 'a', 'x2', 'b'], 'not done', work, never)).rejects.toThrow(
      'not done: 2; the first because of: x1 failed',
    );
    expect(tried).toEqual(['x1', 'a', 'x2', 'b']);
    tried = [];
    await expect(list.each(['x1', 'x2', 'c'], 'not done', work, never)).rejects.toThrow('not done: 2');
    expect(tried).toEqual(['c', 'x1', 'x2']);
  });

  it('puts what has worked since in its place again', async () => {
    const list = listOf();
    let fails = true;
    const once = async (entry: string): Promise<void> => {
      tried.push(entry);
      if (fails && entry === 'a') throw new Error('away');
    };
    await expect(list.each(['a', 'b'], 'not done', once, never)).rejects.toThrow('away');
    fails = false;
    await list.each(['a', 'b'], 'not done', once, never);
    await list.each(['a', 'b'], 'not done', once, never);
    expect(tried).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
  });

  it('is done by no more at once than said, and left when it is told to stop', async () => {
    const stop = new AbortController();
    let running = 0;
    let most = 0;
    const counted = async (entry: string): Promise<void> => {
      most = Math.max(most, (running += 1));
      await work(entry);
      running -= 1;
      if (entry === 'c') stop.abort();
    };
    await listOf(2).each(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'not done', counted, stop.signal);
    expect(most).toBe(2);
    expect(tried.length).toBeLessThan(7);
  });
});

import { StoreUnavailable } from '../errors.ts';
import { ReadTurns } from './read-turns.ts';

describe('turns to read', () => {
  /** A read that goes on until it is let go. */
  function gate() {
    const { promise, resolve } = Promise.withResolvers<string>();
    return { read: () => promise, end: resolve };
  }

  it('are taken by so many at once, and by the others in the order they came', async () => {
    const turns = new ReadTurns(2);
    const began: number[] = [];
    const gates = [0, 1, 2, 3].map(gate);
    const reads = gates.map(({ read }, n) =>
      turns.take(5000, () => {
        began.push(n);
        return read();
      }),
    );
    expect(began).toEqual([0, 1]);
    gates[1]?.end('b');
    expect(await reads[1]).toBe('b');
    expect(began).toEqual([0, 1, 2]);
    for (const each of gates) each.end('x');
    expect(await Promise.all(reads)).toEqual(['x', 'b', 'x', 'x']);
  });

  it('are passed on by a read that fails', async () => {
    const turns = new ReadTurns(1);
    const failed = turns.take(5000, () => Promise.reject(new Error('lost')));
    const next = turns.take(5000, async () => 'read');
    await expect(failed).rejects.toThrow('lost');
    expect(await next).toBe('read');
    expect(await turns.take(5000, async () => 'again')).toBe('again');
  });

  it('are waited for so long, and then given up without holding up anybody', async () => {
    const turns = new ReadTurns(1);
    const first = gate();
    const reading = turns.take(5000, first.read);
    await expect(turns.take(20, async () => 'late')).rejects.toThrow(StoreUnavailable);
    const next = turns.take(5000, async () => 'next');
    first.end('first');
    expect(await Promise.all([reading, next])).toEqual(['first', 'next']);
  });
});

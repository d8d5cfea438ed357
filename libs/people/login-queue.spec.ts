import fc from 'fast-check';
import { emptyQueue, endOf, enter, type LoginQueue } from './login-queue.ts';

const bounds = { attemptsMax: 3, windowMs: 300_000 };
const spacingMs = 100_000;
const now = 1_700_000_000_000;

function entering(networks: readonly string[], at = now, queue = emptyQueue): { waits: number[]; queue: LoginQueue } {
  const waits: number[] = [];
  let left = queue;
  for (const network of networks) {
    const entered = enter(left, network, at, bounds);
    waits.push(entered.waitMs);
    left = entered.queue;
  }
  return { waits, queue: left };
}

describe('the queue of logins from unknown networks', () => {
  it('lets a few through at once, and gives those after them places', () => {
    const { waits } = entering(['a', 'a', 'b', 'c', 'd']);
    expect(waits).toEqual([0, 0, 0, spacingMs, 2 * spacingMs]);
  });

  it('keeps a network’s one place for it, however often it and others ask', () => {
    const { waits, queue } = entering(['a', 'a', 'a', 'a', 'b', 'a', 'a']);
    expect(waits).toEqual([0, 0, 0, spacingMs, 2 * spacingMs, spacingMs, spacingMs]);
    const later = entering(['a', 'b', 'b', 'a'], now + 2 * spacingMs, queue);
    expect(later.waits).toEqual([0, 0, spacingMs, 2 * spacingMs]);
  });

  it('lets as many through at once again when it has rested', () => {
    const { queue } = entering(['a', 'a', 'a']);
    expect(entering(['b', 'b', 'b', 'b'], now + bounds.windowMs, queue).waits).toEqual([0, 0, 0, spacingMs]);
  });

  it('gives no place further ahead than half an hour', () => {
    const many = Array.from({ length: 3 + 18 + 1 }, (_, n) => `network ${n}`);
    const { waits, queue } = entering(many);
    expect(waits.at(-2)).toBe(18 * spacingMs);
    expect(waits.at(-1)).toBe(spacingMs);
    expect(Object.keys(queue.places)).toHaveLength(18);
  });

  const asks = fc.array(fc.record({ network: fc.nat(40).map(String), afterMs: fc.nat(200_000) }), { maxLength: 400 });

  it('lets no more through in any time than came at once and were due, whoever asks when', () => {
    fc.assert(
      fc.property(asks, (all) => {
        let queue = emptyQueue;
        let at = now;
        const passed: number[] = [];
        for (const { network, afterMs } of all) {
          at += afterMs;
          const entered = enter(queue, network, at, bounds);
          queue = entered.queue;
          if (entered.waitMs === 0) passed.push(at);
          expect(entered.waitMs).toBeLessThanOrEqual(1_800_000);
          expect(Object.keys(queue.places).length).toBeLessThanOrEqual(2 * 18 + 1);
          expect(endOf(queue, bounds)).toBeGreaterThan(at);
        }
        // Places that were kept may be taken late, all of them at once.
        const dueMax = bounds.attemptsMax + (at - now) / spacingMs;
        expect(passed.length).toBeLessThanOrEqual(dueMax);
      }),
    );
  });
});

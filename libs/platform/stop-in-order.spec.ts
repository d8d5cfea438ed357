import { pino } from 'pino';
import { stopInOrder, type StopPart } from './stop-in-order.ts';

describe('a stop in order', () => {
  const lines: { part?: string; err?: { message: string } }[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as object) });
  let stopped: string[];

  beforeEach(() => {
    lines.length = 0;
    stopped = [];
  });

  function part(name: string, stop: StopPart['stop'] = () => undefined): StopPart {
    return { name, stop: (timeoutMs) => (stopped.push(name), stop(timeoutMs)) };
  }

  it('waits for each part before it stops the next', async () => {
    const slow = part('slow', async () => {
      await new Promise(setImmediate);
      stopped.push('slow has stopped');
    });
    await stopInOrder([slow, part('last')], { timeoutMs: 1000, log });
    expect([stopped, lines]).toEqual([['slow', 'slow has stopped', 'last'], []]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['fails later', () => Promise.reject(new Error('broken'))],
  ])('stops the rest when a part %s, and says which it was', async (_, fail) => {
    await stopInOrder([part('first', fail), part('second')], { timeoutMs: 1000, log });
    expect(stopped).toEqual(['first', 'second']);
    expect(lines).toMatchObject([{ part: 'first', err: { message: 'broken' } }]);
  });

  it('stops the rest within the time, however many parts never end', async () => {
    const never = () => new Promise(() => {});
    await stopInOrder([part('a', never), part('b', never), part('c', never), part('d')], { timeoutMs: 200, log });
    const waitedMs = lines.map(({ err }) => Number(/more than (\d+) ms/.exec(err?.message ?? '')?.[1]));
    expect(waitedMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(200);
    expect([stopped, lines.map((line) => line.part)]).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c'],
    ]);
  });

  it('tells a part half of the time that is left', async () => {
    const told: number[] = [];
    const ask = part('asks', (timeoutMs) => told.push(timeoutMs));
    await stopInOrder([ask, ask], { timeoutMs: 10_000, log });
    expect(told.map((timeoutMs) => Math.round(timeoutMs / 100) * 100)).toEqual([4500, 4500]);
  });
});

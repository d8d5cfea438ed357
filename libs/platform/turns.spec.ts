import { Turns } from './turns.ts';

class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

const rejection = NoTurn;

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begin = Promise.withResolvers<void>();
  let begun = false;
  const run = async (): Promise<void> => {
    begun = true;
    begin.resolve();
    await promise;
  };
  return { run, end: resolve, isBegun: () => begun, begins: begin.promise };
}

describe('turns', () => {
  it('let so much run at once, and the rest in the order it came', async () => {
    const turns = new Turns({ runningMax: 2, waitingMax: 10, rejection });
    const works = [work(), work(), work(), work()];
    const done = works.map(({ run }) => turns.take(run));
    const begun = () => works.map(({ isBegun }) => isBegun());
    expect(begun()).toEqual([true, true, false, false]);
    works[1]?.end();
    await works[2]?.begins;
    expect(begun()).toEqual([true, true, true, false]);
    for (const { end } of works) end();
    await Promise.all(done);
    expect(begun()).toEqual([true, true, true, true]);
  });

  it('let no more wait than may, and take more once there is room', async () => {
    const turns = new Turns({ runningMax: 1, waitingMax: 1, rejection });
    const [first, second] = [work(), work()];
    const done = [turns.take(first.run), turns.take(second.run)];
    await expect(turns.take(() => Promise.resolve())).rejects.toThrow(NoTurn);
    first.end();
    second.end();
    await Promise.all(done);
    expect(await turns.take(() => Promise.resolve(7))).toBe(7);
  });

  it('are waited for so long, and then given up without holding up anybody', async () => {
    const turns = new Turns({ runningMax: 1, waitMsMax: 20, rejection });
    const first = work();
    const running = turns.take(first.run);
    await expect(turns.take(async () => 'late')).rejects.toThrow(NoTurn);
    const next = turns.take(async () => 'next');
    first.end();
    await running;
    expect(await next).toBe('next');
    expect(await turns.take(async () => 'again')).toBe('again');
  });

  it('let one party take no more places than it may, and the others have the rest', async () => {
    const turns = new Turns({ runningMax: 1, waitingMax: 10, perPartyMax: 2, rejection });
    const [first, second, third] = [work(), work(), work()];
    const done = [turns.take(first.run, 'a'), turns.take(second.run, 'a')];
    await expect(turns.take(() => Promise.resolve(), 'a')).rejects.toThrow(NoTurn);
    done.push(
      turns.take(third.run, 'b'),
      turns.take(() => Promise.resolve()),
    );
    first.end();
    await done[0];
    done.push(turns.take(() => Promise.resolve(), 'a'));
    second.end();
    third.end();
    await Promise.all(done);
    await expect(turns.take(() => Promise.reject(new Error('no')), 'a')).rejects.toThrow('no');
    expect(await Promise.all([7, 8].map((n) => turns.take(() => Promise.resolve(n), 'a')))).toEqual([7, 8]);
  });

  it('are passed on by work that failed', async () => {
    const turns = new Turns({ runningMax: 1, waitingMax: 1, rejection });
    const failed = turns.take(() => Promise.reject(new Error('no')));
    const next = turns.take(() => Promise.resolve(7));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe(7);
    expect(await turns.take(() => Promise.resolve(8))).toBe(8);
  });
});

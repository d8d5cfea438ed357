import { TooManyWaiting, Turns } from './turns.ts';

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
    const turns = new Turns({ runningMax: 2, waitingMax: 10, perPartyMax: 10 });
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
    const turns = new Turns({ runningMax: 1, waitingMax: 1, perPartyMax: 10 });
    const [first, second] = [work(), work()];
    const done = [turns.take(first.run), turns.take(second.run)];
    await expect(turns.take(() => Promise.resolve())).rejects.toBeInstanceOf(TooManyWaiting);
    first.end();
    second.end();
    await Promise.all(done);
    expect(await turns.take(() => Promise.resolve(7))).toBe(7);
  });

  it('let one party take no more places than it may, and the others have the rest', async () => {
    const turns = new Turns({ runningMax: 1, waitingMax: 10, perPartyMax: 2 });
    const [first, second, third] = [work(), work(), work()];
    const done = [turns.take(first.run, 'a'), turns.take(second.run, 'a')];
    await expect(turns.take(() => Promise.resolve(), 'a')).rejects.toBeInstanceOf(TooManyWaiting);
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

  it('go on after work that failed', async () => {
    const turns = new Turns({ runningMax: 1, waitingMax: 1, perPartyMax: 10 });
    await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(() => Promise.resolve(7))).toBe(7);
  });
});

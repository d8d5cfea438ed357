import { RecentCommands } from './recent-commands.ts';

const day = 24 * 60 * 60 * 1000;

describe('the recent commands of a stream', () => {
  it('are found with all their events, however often one is told of them', () => {
    const recent = new RecentCommands();
    for (const revision of [0, 1, 1, 0]) recent.remember('a', revision, 5);
    recent.remember('b', 2, 6);
    expect(recent.find('a')).toEqual({ revision: 0, count: 2, at: 5 });
    expect(recent.find('b')).toEqual({ revision: 2, count: 1, at: 6 });
    expect(recent.find('c')).toBeUndefined();
  });

  it('are bounded in number, and the last ten thousand are there', () => {
    const recent = new RecentCommands();
    for (let n = 0; n < 55_000; n++) recent.remember(`c${n}`, n, 0);
    expect(recent.size).toBeLessThanOrEqual(20_000);
    expect(recent.find('c45000')).toBeDefined();
    expect(recent.find('c100')).toBeUndefined();
  });

  it('are forgotten ten thousand at once, when ten thousand others have come and one more comes', () => {
    const recent = new RecentCommands();
    for (let n = 0; n < 20_000; n++) recent.remember(`c${n}`, n, 0);
    expect([recent.find('c0'), recent.isComplete, recent.size]).toEqual([expect.anything(), true, 20_000]);
    recent.remember('one more', 20_000, 0);
    expect([recent.find('c9999'), recent.isComplete, recent.size]).toEqual([undefined, false, 10_001]);
    expect(recent.find('c10000')).toBeDefined();
  });

  it('are forgotten a hundred thousand at once, though retries are to be expected', () => {
    const recent = new RecentCommands(day);
    for (let n = 0; n < 200_000; n++) recent.remember(`c${n}`, n, 0);
    expect(recent.find('c0')).toBeDefined();
    recent.remember('one more', 200_000, 0);
    expect(recent.find('c99999')).toBeUndefined();
    expect(recent.find('c100000')).toBeDefined();
  });

  it('are there for as long as retries are to be expected, though many come meanwhile, but for far too many', () => {
    const recent = new RecentCommands(30_000);
    const begun = 1000 * day;
    for (let n = 0; n < 55_000; n++) recent.remember(`c${n}`, n, begun + n / 2);
    expect(recent.find('c100')).toBeDefined();
    for (let n = 55_000; n < 500_000; n++) recent.remember(`c${n}`, n, begun + 28_000);
    expect(recent.size).toBeLessThanOrEqual(200_000);
    expect(recent.save().length).toBeLessThanOrEqual(20_000);
  });

  it('are forgotten after two days', () => {
    const recent = new RecentCommands();
    recent.remember('a', 0, 1000 + day);
    recent.remember('b', 1, 1000 + 2 * day + 1);
    expect(recent.find('a')).toBeDefined();
    recent.remember('c', 2, 1000 + 4 * day);
    expect([recent.find('a'), recent.find('b')?.revision]).toEqual([undefined, 1]);
  });

  it('are all there for a day, when they are few', () => {
    const recent = new RecentCommands();
    for (const [revision, id] of ['a', 'b', 'c', 'd'].entries())
      recent.remember(id, revision, day + (revision * day) / 3);
    expect(recent.find('a')).toBeDefined();
    expect(recent.isComplete).toBe(true);
  });

  it('are one day’s until the day is over', () => {
    const recent = new RecentCommands();
    for (const [revision, days] of [2, 3, 4].entries()) recent.remember(`day ${days}`, revision, days * day);
    expect(recent.find('day 2')).toBeDefined();
    recent.remember('day 5', 3, 5 * day + 1);
    expect(recent.find('day 2')).toBeUndefined();
  });

  it('come back from a snapshot as they were', () => {
    const recent = new RecentCommands();
    for (let n = 0; n < 30; n++) recent.remember(`c${Math.floor(n / 2)}`, n, n);
    const restored = RecentCommands.load(JSON.parse(JSON.stringify(recent.save())), 30);
    for (let n = 0; n < 15; n++) expect(restored.find(`c${n}`)).toMatchObject({ revision: 2 * n, count: 2 });
  });

  it('are all there until some are forgotten, here or by the snapshot', () => {
    const recent = new RecentCommands();
    for (let n = 0; n < 10_000; n++) recent.remember(`c${n}`, n, 0);
    expect(recent.isComplete).toBe(true);
    const saved: unknown = JSON.parse(JSON.stringify(recent.save()));
    expect([RecentCommands.load(saved, 10_000), RecentCommands.load(saved, 10_001)]).toMatchObject([
      { isComplete: true },
      { isComplete: false },
    ]);
    for (let n = 10_000; n < 30_000; n++) recent.remember(`c${n}`, n, 0);
    expect(recent.isComplete).toBe(false);
  });

  it('are found whole when their events lie in both generations, and are counted once', () => {
    const recent = new RecentCommands();
    for (let n = 0; n < 9999; n++) recent.remember(`c${n}`, n, 0);
    for (const revision of [9999, 10_000, 10_001]) recent.remember('long', revision, 0);
    const saved: unknown = JSON.parse(JSON.stringify(recent.save()));
    const [whole, cut] = [RecentCommands.load(saved, 10_002), RecentCommands.load(saved, 10_003)];
    for (const each of [recent, whole, cut]) expect(each.find('long')).toMatchObject({ revision: 9999, count: 3 });
    expect([recent, whole, cut].map(({ isComplete }) => isComplete)).toEqual([true, true, false]);
  });
});

import { randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { GroupMembers, UniqueValues, type Reservation } from './index.ts';
import { commandMigrations } from './migrations.ts';

const secondsMs = 1000;

describe('a value reserved for an owner', () => {
  let database: FreshDatabase;
  let values: UniqueValues;
  let value: string;

  beforeAll(async () => {
    database = await freshDatabase(commandMigrations);
  });

  beforeEach(() => {
    values = new UniqueValues(database.pool);
    value = randomUUID();
  });

  afterAll(() => database.drop());

  async function reserve(owner: string, reservedMs?: number): Promise<Reservation> {
    const reservation = await new UniqueValues(database.pool, reservedMs).reserve('sku', value, owner);
    if (reservation === undefined) throw new Error(`${value} is reserved for another than ${owner}`);
    return reservation;
  }

  async function holders() {
    return values.holdersOf('sku', value, 10);
  }

  it('is reserved for ten seconds, and for no other owner, but another kind of value is', async () => {
    const before = Date.now();
    const { recordBy, earlier } = await reserve('x');
    expect(earlier).toBeUndefined();
    expect(Math.abs(recordBy - before - 10 * secondsMs)).toBeLessThan(5 * secondsMs);
    expect(await values.reserve('sku', value, 'y')).toBeUndefined();
    expect(await values.reserve('slug', value, 'y')).toBeDefined();
    expect(await holders()).toEqual([{ owner: 'x', recordBy }]);
  });

  it('is reserved again for the same owner, and the earlier attempt is known', async () => {
    const first = await reserve('x');
    const second = await reserve('x', 20 * secondsMs);
    expect(second.earlier).toBe(first.recordBy);
    expect(second.attempt).not.toBe(first.attempt);
    expect(await holders()).toEqual([{ owner: 'x', recordBy: second.recordBy }]);
  });

  it('stays reserved as long as an earlier attempt may record it, even if the clock of the server is set back', async () => {
    const first = await reserve('x', 20 * secondsMs);
    const second = await reserve('x', 10 * secondsMs);
    expect(second).toMatchObject({ recordBy: first.recordBy, earlier: first.recordBy });
    expect(await holders()).toEqual([{ owner: 'x', recordBy: first.recordBy }]);
  });

  it('is free again after the only attempt was withdrawn', async () => {
    await values.withdraw(await reserve('x'));
    expect(await holders()).toEqual([]);
    expect((await reserve('y')).earlier).toBeUndefined();
  });

  it('is as before after a second attempt was withdrawn', async () => {
    const first = await reserve('x');
    await values.withdraw(await reserve('x', 20 * secondsMs));
    expect(await holders()).toEqual([{ owner: 'x', recordBy: first.recordBy }]);
  });

  it('stays reserved when an attempt is withdrawn after which it was reserved again', async () => {
    const first = await reserve('x');
    const second = await reserve('x', 20 * secondsMs);
    await values.withdraw(first);
    expect(await holders()).toEqual([{ owner: 'x', recordBy: second.recordBy }]);
  });

  it('may be freed by any event after the one that recorded it, once it is settled', async () => {
    const at = Date.now();
    await values.settle(await reserve('x'), at);
    await values.free('sku', value, 'x', at);
    expect(await holders()).toEqual([{ owner: 'x', recordBy: at }]);
    await values.free('sku', value, 'x', at + 1);
    expect(await holders()).toEqual([]);
  });

  it('is not freed while an attempt is in progress: an earlier one, or one after the one that is settled', async () => {
    const at = Date.now();
    const first = await reserve('x');
    await values.settle(await reserve('x', 20 * secondsMs), at);
    expect(await holders()).toEqual([{ owner: 'x', recordBy: first.recordBy }]);
    const second = await reserve('x', 20 * secondsMs);
    const third = await reserve('x', 30 * secondsMs);
    await values.settle(second, at);
    await values.free('sku', value, 'x', third.recordBy);
    expect(await holders()).toEqual([{ owner: 'x', recordBy: third.recordBy }]);
  });

  it('is not freed for another owner, nor as another value or kind', async () => {
    const { recordBy } = await reserve('x');
    const later = recordBy + 1;
    await values.free('sku', value, 'y', later);
    await values.free('slug', value, 'x', later);
    await values.free('sku', `${value}-2`, 'x', later);
    expect(await holders()).toEqual([{ owner: 'x', recordBy }]);
  });

  it('is settled and withdrawn alone, not with others', async () => {
    const reservation = await reserve('x');
    const others = [
      { ...reservation, kind: 'slug' },
      { ...reservation, value: `${value}-2` },
      { ...reservation, attempt: randomUUID() },
    ];
    for (const other of others) {
      await values.settle(other, 1);
      await values.withdraw(other);
    }
    expect(await holders()).toEqual([{ owner: 'x', recordBy: reservation.recordBy }]);
  });
});

describe('a group', () => {
  let database: FreshDatabase;
  let members: GroupMembers;
  let group: string;

  beforeAll(async () => {
    database = await freshDatabase(commandMigrations);
    members = new GroupMembers(database.pool);
  });

  beforeEach(async () => {
    group = randomUUID();
    await members.open('category', group);
  });

  afterAll(() => database.drop());

  it('has any number of members, those first whose attempts are oldest', async () => {
    const [young, old] = [new GroupMembers(database.pool, 2000), new GroupMembers(database.pool, 1000)];
    const y = await young.reserve('category', group, 'y');
    const x = await old.reserve('category', group, 'x');
    const inOrder = [
      { owner: 'x', recordBy: x?.recordBy },
      { owner: 'y', recordBy: y?.recordBy },
    ];
    expect(await members.holdersOf('category', group, 10)).toEqual(inOrder);
    expect(await members.holdersOf('category', group, 1)).toEqual(inOrder.slice(0, 1));
  });

  it('that was never opened takes no members', async () => {
    expect(await members.reserve('category', 'never', 'x')).toBeUndefined();
    expect(await members.reserve('shelf', group, 'x')).toBeUndefined();
  });

  it('is not closed while it has a member', async () => {
    const joined = await members.reserve('category', group, 'x');
    expect(await members.close('category', group)).toBe(false);
    expect(await members.reserve('category', group, 'y')).toBeDefined();
    if (joined !== undefined) await members.withdraw(joined);
    expect(await members.close('category', group)).toBe(false);
    await members.free('category', group, 'y', Date.now() + 60_000);
    expect(await members.close('category', group)).toBe(true);
  });

  it('takes no members after it was closed, also when it is opened again', async () => {
    expect(await members.close('category', group)).toBe(true);
    expect(await members.close('category', group)).toBe(true);
    await members.open('category', group);
    expect(await members.reserve('category', group, 'x')).toBeUndefined();
  });

  it('that was closed before it was opened is closed', async () => {
    const other = randomUUID();
    expect(await members.close('category', other)).toBe(true);
    await members.open('category', other);
    expect(await members.reserve('category', other, 'x')).toBeUndefined();
  });

  it('that closes while many join ends closed and empty, or open with all of them', async () => {
    for (let round = 0; round < 20; round++) {
      const each = randomUUID();
      await members.open('category', each);
      const joining = Array.from({ length: 6 }, (_, index) => members.reserve('category', each, `x${index}`));
      const [closed, ...joined] = await Promise.all([members.close('category', each), ...joining]);
      const count = joined.filter((reservation) => reservation !== undefined).length;
      expect([closed, count]).toEqual(closed ? [true, 0] : [false, 6]);
    }
  });

  it('lets an outage of the database be known', async () => {
    const gone = await freshDatabase(commandMigrations);
    const unreachable = new GroupMembers(gone.pool);
    await gone.drop();
    await expect(unreachable.reserve('category', group, 'x')).rejects.toThrow('pool');
    await expect(unreachable.close('category', group)).rejects.toThrow('pool');
  });
});

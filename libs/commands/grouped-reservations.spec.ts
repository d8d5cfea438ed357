import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { GroupMembers, UniqueValues } from './index.ts';
import { groupMemberMigrations } from './group-members.ts';
import { uniqueValueMigrations } from './unique-values.ts';

describe('reservations', () => {
  let database: FreshDatabase;
  let skus: UniqueValues;
  let members: GroupMembers;

  beforeAll(async () => {
    database = await freshDatabase([...uniqueValueMigrations, ...groupMemberMigrations]);
    skus = new UniqueValues(database.pool);
    members = new GroupMembers(database.pool);
  });

  afterAll(() => database.drop());

  it('made at the same time are each for their own value and owner', async () => {
    const owners = Array.from({ length: 50 }, (_, n) => `owner-${n}`);
    const reserved = await Promise.all(owners.map((owner) => skus.reserve('sku', `of-${owner}`, owner)));
    expect(reserved.map((one) => one?.owner)).toEqual(owners);
    expect(await skus.ownersOf('sku', ['of-owner-7', 'of-owner-49', 'nobody'])).toEqual(
      new Map([
        ['of-owner-7', 'owner-7'],
        ['of-owner-49', 'owner-49'],
      ]),
    );
  });

  it('of one value are for one owner, of a hundred at once', async () => {
    const owners = Array.from({ length: 100 }, (_, n) => `owner-${n}`);
    const reserved = await Promise.all(owners.map((owner) => skus.reserve('sku', 'wanted', owner)));
    expect(reserved.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('of several processes in opposite orders do not wait for each other for ever', async () => {
    const other = new UniqueValues(database.pool);
    const values = Array.from({ length: 200 }, (_, n) => `shared-${n}`);
    const [these, those] = await Promise.all([
      Promise.all(values.map((value) => skus.reserve('sku', value, 'the same'))),
      Promise.all(values.toReversed().map((value) => other.reserve('sku', value, 'the same'))),
    ]);
    expect([...these, ...those].filter((one) => one === undefined)).toEqual([]);
  });

  it('are settled at the time of their own record, unless they were made again since', async () => {
    const [first, alone] = await Promise.all([skus.reserve('sku', 'twice', 'a'), skus.reserve('sku', 'once', 'a')]);
    const again = await skus.reserve('sku', 'twice', 'a');
    if (first === undefined || alone === undefined || again === undefined) throw new Error('none is reserved');
    expect(first.earlier).toBeUndefined();
    expect(again.earlier).toBe(first.recordBy);
    await Promise.all([skus.settle(first, 7), skus.settle(alone, 8)]);
    expect(await skus.holdersOf('sku', 'twice', 1)).toEqual([{ owner: 'a', recordBy: again.recordBy }]);
    expect(await skus.holdersOf('sku', 'once', 1)).toEqual([{ owner: 'a', recordBy: 8 }]);
    await skus.settle(again, 9);
    expect(await skus.holdersOf('sku', 'twice', 1)).toEqual([{ owner: 'a', recordBy: again.earlier }]);
  });

  it('in a group that is closed do not keep others from joining open ones', async () => {
    await members.open('category', 'open');
    const joined = await Promise.all(
      ['open', 'closed', 'open'].map((group, n) => members.reserve('category', group, `item-${n}`)),
    );
    expect(joined.map((one) => one?.owner)).toEqual(['item-0', undefined, 'item-2']);
  });
});

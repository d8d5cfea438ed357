import { randomUUID } from 'node:crypto';
import { SortedMap } from '#domain';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { PostgresSnapshots, snapshotMigrations, type Snapshot } from './snapshots.ts';

describe('snapshots', () => {
  let database: FreshDatabase;
  let snapshots: PostgresSnapshots;

  beforeAll(async () => {
    database = await freshDatabase(snapshotMigrations);
    snapshots = new PostgresSnapshots(database.pool);
  });

  afterAll(() => database.drop());

  function snapshotAt(revision: number): Snapshot {
    const eventId = randomUUID();
    return {
      revision,
      eventId,
      lastAt: 1_700_000_000_000 + revision,
      state: { total: revision },
      recent: [['a', 0, 1, 5]],
    };
  }

  it('are found as they were saved, of their stream and their version alone', async () => {
    const [one, other] = [snapshotAt(5), snapshotAt(7)];
    await snapshots.save('stock-a', 1, one);
    await snapshots.save('stock-a', 2, other);
    expect(await snapshots.find('stock-a', 1)).toEqual(one);
    expect(await snapshots.find('stock-a', 2)).toEqual(other);
    expect(await snapshots.find('stock-a', 3)).toBeUndefined();
    expect(await snapshots.find('stock-b', 1)).toBeUndefined();
  });

  it('of a large state are the same, and let other work go on meanwhile', async () => {
    const entries = Array.from({ length: 100_000 }, (_, n) => [`customer_${String(n).padStart(6, '0')}`, n] as const);
    const state = { total: 5, none: undefined, empty: SortedMap.empty, taken: SortedMap.from(entries), list: [1, 'a'] };
    let turns = 0;
    let turnsBefore: number | undefined;
    const count = (): void => {
      turns += 1;
      if (turnsBefore === undefined) setImmediate(count);
    };
    const query = (...call: [never]) => {
      turnsBefore = turns;
      return database.pool.query(...call);
    };
    const saved = new PostgresSnapshots(Object.assign(Object.create(database.pool), { query })).save('stock-e', 1, {
      ...snapshotAt(5),
      state,
    });
    count();
    await saved;
    // Counted until the text is sent.
    expect(turnsBefore).toBeGreaterThan(1);
    const found = await snapshots.find('stock-e', 1);
    expect(JSON.stringify(found?.state)).toBe(JSON.stringify(state));
  });

  it('are replaced by the next one', async () => {
    await snapshots.save('stock-c', 1, snapshotAt(5));
    const next = snapshotAt(9);
    await snapshots.save('stock-c', 1, next);
    expect(await snapshots.find('stock-c', 1)).toEqual(next);
  });

  it('are read and written by statements that a connection prepares once', async () => {
    const client = await database.pool.connect();
    try {
      const single = new PostgresSnapshots(
        Object.assign(Object.create(database.pool), { query: client.query.bind(client) }),
      );
      await single.save('stock-d', 1, snapshotAt(5));
      await single.find('stock-d', 1);
      const { rows } = await client.query<{ name: string }>('select name from pg_prepared_statements order by name');
      expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['snapshot-find', 'snapshot-save']));
    } finally {
      client.release();
    }
  });
});

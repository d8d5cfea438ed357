import { randomUUID } from 'node:crypto';
import { SortedMap, stockAggregate } from '#domain';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { inSlices } from './in-slices.ts';
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

  describe('of a large state', () => {
    const entries = Array.from({ length: 100_000 }, (_, n) => [`customer_${String(n).padStart(6, '0')}`, n] as const);
    const taken = SortedMap.from(entries);

    it('are the same, and let other work go on while they are written', async () => {
      const state = { total: 5, none: undefined, empty: SortedMap.empty, taken, list: [1, 'a'] };
      const turns = new Turns();
      const query = (...call: [never]) => {
        turns.stop();
        return database.pool.query(...call);
      };
      const counted = new PostgresSnapshots(Object.assign(Object.create(database.pool), { query }));
      await counted.save('stock-e', 1, { ...snapshotAt(5), state });
      // Counted until the text is sent.
      expect(turns.count).toBeGreaterThan(1);
      const found = await snapshots.find('stock-e', 1);
      expect(JSON.parse(JSON.stringify(found))).toEqual({
        ...JSON.parse(JSON.stringify({ ...found, state })),
        recent: [['a', 0, 1, 5]],
      });
    });

    it('let other work go on while they are read', async () => {
      const state = stockAggregate.snapshots.save({ ...stockAggregate.initial, takenByCustomer: taken });
      await snapshots.save('stock-f', 1, { ...snapshotAt(5), state });
      const turns = new Turns();
      const found = await snapshots.find('stock-f', 1);
      const turnsOfReading = turns.count;
      const loaded = await inSlices(stockAggregate.snapshots.load(found?.state));
      turns.stop();
      expect(turnsOfReading).toBeGreaterThan(10);
      expect(turns.count).toBeGreaterThan(turnsOfReading + 1);
      expect(JSON.stringify(loaded.takenByCustomer)).toBe(JSON.stringify(taken));
    });
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

/** Counts the turns of the event loop that are left to others. */
class Turns {
  count = 0;
  #stopped = false;

  constructor() {
    this.#next();
  }

  stop(): void {
    this.#stopped = true;
  }

  #next(): void {
    setImmediate(() => {
      if (this.#stopped) return;
      this.count += 1;
      this.#next();
    });
  }
}

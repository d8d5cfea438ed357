import { randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { numberMigrations, Numbers } from './index.ts';

describe('a number in use', () => {
  let database: FreshDatabase;
  let numbers: Numbers;

  beforeAll(async () => {
    database = await freshDatabase(numberMigrations);
    numbers = new Numbers(database.pool);
  });

  afterAll(() => database.drop());

  it('is found though the first try of its command is committed only while the second waits for it', async () => {
    const commandId = randomUUID();
    const first = await database.pool.connect();
    try {
      await first.query('begin');
      await first.query("insert into numbers (kind, number, command_id, target) values ('item', 5000, $1, 'prod_f')", [
        commandId,
      ]);
      const second = numbers.assign('item', commandId, 'prod_f');
      await untilOneWaits();
      await first.query('commit');
      expect(await second).toBe(5000);
    } finally {
      first.release();
    }
  });

  it('is of its own kind', async () => {
    const number = await numbers.assign('slot', randomUUID(), 'slot_a');
    expect(number).toBe(1);
    expect(await numbers.targetOf('slot', number)).toBe('slot_a');
    expect(await numbers.targetOf('item', number)).not.toBe('slot_a');
  });

  it('that a caller chose is passed over, and those assigned later are greater', async () => {
    await numbers.passOver('slot', 70);
    expect(await numbers.assign('slot', randomUUID(), 'slot_b')).toBe(71);
    for (const lower of [7, 71]) await numbers.passOver('slot', lower);
    expect(await numbers.assign('slot', randomUUID(), 'slot_c')).toBe(72);
  });

  it('is passed over in a sequence that gave none yet', async () => {
    const empty = await freshDatabase(numberMigrations);
    try {
      await new Numbers(empty.pool).passOver('item', 1);
      expect(await new Numbers(empty.pool).assign('item', randomUUID(), 'prod_a')).toBe(2);
    } finally {
      await empty.drop();
    }
  });

  it('is read once, and again only after so many others', async () => {
    const remembering = new Numbers(database.pool, 2);
    await database.pool.query(`
      insert into numbers (kind, number, command_id, target)
      select 'item', 100000 + n, gen_random_uuid(), 'old_' || n from generate_series(0, 2) n`);
    const targetOf = (n: number) => remembering.targetOf('item', 100_000 + n);
    expect([await targetOf(0), await targetOf(1)]).toEqual(['old_0', 'old_1']);
    await database.pool.query("update numbers set target = 'new' where number >= 100000");
    expect(await remembering.targetOf('item', 99_999)).toBeUndefined();
    expect([await targetOf(0), await targetOf(1)]).toEqual(['old_0', 'old_1']);
    expect(await targetOf(2)).toBe('new');
    expect([await targetOf(1), await targetOf(0)]).toEqual(['old_1', 'new']);
  });

  it('that is unknown is looked for again', async () => {
    expect(await numbers.targetOf('item', 200_000)).toBeUndefined();
    await database.pool.query("insert into numbers values ('item', 200000, gen_random_uuid(), 'late')");
    expect(await numbers.targetOf('item', 200_000)).toBe('late');
  });

  async function untilOneWaits(): Promise<void> {
    for (;;) {
      const { rowCount } = await database.pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      if (rowCount !== 0) return;
    }
  }

  it('are known from when they are assigned', async () => {
    const number = await numbers.assign('item', randomUUID(), 'fresh');
    await database.pool.query(`delete from numbers where kind = 'item' and number = $1`, [number]);
    expect(await numbers.targetOf('item', number)).toBe('fresh');
  });
});

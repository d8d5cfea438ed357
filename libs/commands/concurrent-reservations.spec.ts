import { randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { UniqueValues } from './index.ts';
import { commandMigrations } from './migrations.ts';

describe('a value that two attempts of its owner reserve at the same time', () => {
  let database: FreshDatabase;
  let values: UniqueValues;

  beforeAll(async () => {
    database = await freshDatabase(commandMigrations);
    values = new UniqueValues(database.pool);
  });

  afterAll(() => database.drop());

  it('stays reserved when the later one withdraws, since the earlier one may be about to record it', async () => {
    const client = await database.pool.connect();
    await client.query('begin');
    const recordBy = Date.now() + 10_000;
    await client.query(
      `insert into unique_values (kind, value, owner, attempt, record_by) values ('sku', 'A', 'one', $1, $2)`,
      [randomUUID(), recordBy],
    );
    const later = values.reserve('sku', 'A', 'one');
    for (let waits = 0; waits === 0;) {
      const { rows } = await database.pool.query<{ waits: number }>(
        'select count(*) as waits from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0',
      );
      waits = rows[0]?.waits ?? 0;
    }
    await client.query('commit');
    client.release();
    const reserved = await later;
    expect(reserved?.earlier).toBe(recordBy);
    if (reserved !== undefined) await values.withdraw(reserved);
    expect(await values.reserve('sku', 'A', 'other')).toBeUndefined();
  });
});

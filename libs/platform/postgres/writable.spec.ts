import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { freshDatabase } from '#dev/testing';
import { assertWritable, createPool } from '../index.ts';

describe('a PostgreSQL that is read-only', () => {
  it('is told from one that takes writes, by its users and as an event store', async () => {
    const database = await freshDatabase(eventStoreMigrations);
    const store = await PostgresEventStore.connect(database.url);
    await expect(assertWritable(database.pool)).resolves.toBeUndefined();
    await expect(store.assertTakesAppends()).resolves.toBeUndefined();
    await store.close();

    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set default_transaction_read_only = on`);
    const pool = createPool({ url: database.url, connectionsMax: 1, name: 'test' });
    const standby = await PostgresEventStore.connect(database.url);
    await expect(assertWritable(pool)).rejects.toThrow('PostgreSQL is read-only');
    await expect(standby.assertTakesAppends()).rejects.toThrow('PostgreSQL is read-only');
    await standby.close();
    await pool.end();
    await database.drop();
  });
});

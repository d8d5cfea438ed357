import { freshDatabase } from '#dev/testing';
import { EventStoreDbStore } from '../esdb/index.ts';
import { WireDouble } from '#dev/event-store-double';
import { eventStoreMigrations, PostgresEventStore } from '../postgres/index.ts';
import { connectEventStore } from './index.ts';

describe('the URL of the event store', () => {
  it('chooses PostgreSQL by postgres:// or postgresql://', async () => {
    const database = await freshDatabase(eventStoreMigrations);
    for (const url of [database.url, database.url.replace(/^postgres(ql)?:/, 'postgresql:')]) {
      const store = await connectEventStore(url);
      expect(store).toBeInstanceOf(PostgresEventStore);
      await store.close();
    }
    await database.drop();
  });

  it('chooses EventStoreDB by esdb:// or esdb+discover://', async () => {
    const double = await WireDouble.start();
    for (const url of [double.url, double.discoverUrl]) {
      const store = await connectEventStore(url);
      expect(store).toBeInstanceOf(EventStoreDbStore);
      await store.close();
    }
    await double.stop();
  });

  it.each(['mysql://user:secret@host/db', 'esdb:host', 'kurrentdb://host', ''])(
    'that names neither is rejected, without its password: %s',
    async (url) => {
      const rejection = connectEventStore(url);
      await expect(rejection).rejects.toThrow('use postgres://, esdb:// or esdb+discover://');
      await expect(rejection).rejects.not.toThrow('secret');
    },
  );

  it('that EventStoreDB could not make sense of is rejected without its password', async () => {
    const rejection = connectEventStore('esdb://user:secret@host:secret');
    await expect(rejection).rejects.toThrow('the URL of the event store must have the form');
    await expect(rejection).rejects.not.toThrow('secret');
  });
});

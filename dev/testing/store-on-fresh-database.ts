import { TcpProxy } from '#dev/servers';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { lineTimeouts, type LineTimeouts } from '#platform';
import { freshDatabase, type FreshDatabase } from './fresh-database.ts';

export interface StoreOnFreshDatabase {
  readonly database: FreshDatabase;
  readonly line: TcpProxy;
  readonly store: PostgresEventStore;
  readonly another: (timeouts?: LineTimeouts) => Promise<PostgresEventStore>;
  readonly close: () => Promise<void>;
}

/** A store of its own, with a line to the server that can be cut. */
export async function storeOnFreshDatabase(usually: LineTimeouts = lineTimeouts): Promise<StoreOnFreshDatabase> {
  const database = await freshDatabase(eventStoreMigrations);
  const url = new URL(database.url);
  const line = await TcpProxy.to(Number(url.port), url.hostname);
  url.port = String(line.port);
  const stores: PostgresEventStore[] = [];
  const another = async (timeouts = usually) => {
    const store = await PostgresEventStore.connect(url.href, timeouts);
    stores.push(store);
    return store;
  };
  const store = await another();
  const close = async () => {
    // Those of a test that failed are still open; the others are closed already, and say so.
    await Promise.allSettled(stores.map((each) => each.close()));
    await line.close();
    await database.drop();
  };
  return { database, line, store, another, close };
}

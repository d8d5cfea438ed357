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
  const another = (timeouts = usually) => PostgresEventStore.connect(url.href, timeouts);
  const store = await another();
  const close = async () => {
    await store.close();
    await line.close();
    await database.drop();
  };
  return { database, line, store, another, close };
}

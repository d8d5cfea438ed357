import { freshDatabase, type FreshDatabase } from '#testing';
import { testTimeouts } from '../contract/store-under-test.ts';
import { TcpProxy } from '../contract/tcp-proxy.ts';
import { eventStoreMigrations, PostgresEventStore } from './index.ts';

export interface StoreOnFreshDatabase {
  readonly database: FreshDatabase;
  readonly line: TcpProxy;
  readonly store: PostgresEventStore;
  readonly another: () => Promise<PostgresEventStore>;
  readonly close: () => Promise<void>;
}

/** For tests: a store of its own, with a line to the server that can be cut. */
export async function storeOnFreshDatabase(): Promise<StoreOnFreshDatabase> {
  const database = await freshDatabase(eventStoreMigrations);
  const url = new URL(database.url);
  const line = await TcpProxy.to(Number(url.port), url.hostname);
  url.port = String(line.port);
  const another = () => PostgresEventStore.connect(url.href, testTimeouts);
  const store = await another();
  const close = async () => {
    await store.close();
    await line.close();
    await database.drop();
  };
  return { database, line, store, another, close };
}

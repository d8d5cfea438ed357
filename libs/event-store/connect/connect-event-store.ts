import { ConfigurationError, hidePassword } from '#platform';
import type { EventStore } from '../event-store.ts';
import { PostgresEventStore } from '../postgres/index.ts';

/** Connects the adapter for a URL. */
export async function connectEventStore(url: string): Promise<EventStore> {
  if (/^postgres(?:ql)?:\/\//.test(url)) return PostgresEventStore.connect(url);
  if (/^esdb(?:\+discover)?:\/\//.test(url)) {
    // Its client is large: who has no EventStoreDB starts sooner without.
    const { EventStoreDbStore } = await import('../esdb/index.ts');
    return EventStoreDbStore.connect(url);
  }
  throw new ConfigurationError([
    `${hidePassword(url)} is not the URL of an event store: use postgres://, esdb:// or esdb+discover://`,
  ]);
}

import { hidePassword } from '#platform';
import { PostgresEventStore } from '../postgres/index.ts';
import type { EventStore } from '../event-store.ts';

/** The adapter that a URL names. */
export async function connectEventStore(url: string): Promise<EventStore> {
  if (/^postgres(ql)?:/.test(url)) return PostgresEventStore.connect(url);
  throw new Error(`no event store is known by ${hidePassword(url)}: use postgres:// or esdb://`);
}

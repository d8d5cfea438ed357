import { WireDouble } from '#dev/event-store-double';

/** Where a system of a test keeps its events: its own database, or a server that speaks EventStoreDB's protocol. */
export async function storeOf(kind: 'PostgreSQL' | 'EventStoreDB') {
  const double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
  const settings = double === undefined ? {} : { EVENTSTORE_URL: double.url };
  return { settings, close: async () => double?.stop() };
}

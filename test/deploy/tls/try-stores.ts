// Run by Node as a process of its own, for the authorities that Node trusts are read at its start. Tries what a service
// does with each URL of its configuration, and prints what came of it.
import { randomUUID } from 'node:crypto';
import { connectEventStore } from '#event-store/connect';
import { createPool, createRedis, Listener } from '#platform';

const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, EVENTSTORE_URL: eventStoreUrl } = process.env;

const tries = {
  pool: async () => {
    const pool = createPool({ url: databaseUrl ?? '', connectionsMax: 1, name: 'test' });
    try {
      const { rows } = await pool.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
      return rows[0]?.ssl === true ? 'encrypted' : 'in plain text';
    } finally {
      await pool.end();
    }
  },

  listener: () =>
    new Promise<string>((resolve) => {
      const close = (outcome: string): void => void listener.close().then(() => resolve(outcome));
      const listener = new Listener({
        url: databaseUrl ?? '',
        name: 'test',
        channels: ['test'],
        hear: () => undefined,
        catchUp: async () => close('listening'),
        onLoss: (error) => close(messageOf(error)),
      });
    }),

  redis: async () => {
    const redis = createRedis(redisUrl ?? '');
    try {
      return await new Promise<string>((resolve) => {
        redis.once('ready', () => resolve('connected'));
        redis.once('error', (error) => resolve(messageOf(error)));
      });
    } finally {
      redis.disconnect();
    }
  },

  eventStore: async () => {
    const store = await connectEventStore(eventStoreUrl ?? '');
    try {
      const event = { id: randomUUID(), type: 'Tried', data: '{}', metadata: '{}' };
      return (await store.append(`test-${event.id}`, 'none', [event])).outcome;
    } finally {
      await store.close();
    }
  },
};

function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
  return error instanceof Error ? `${error.message}${cause}` : String(error);
}

const outcomes = Object.entries(tries).map(async ([name, attempt]) => [name, await attempt().catch(messageOf)]);
console.log(JSON.stringify(Object.fromEntries(await Promise.all(outcomes))));

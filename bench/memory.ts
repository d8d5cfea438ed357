import { once } from 'node:events';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { commandMetrics, CommandRuntime, PostgresSnapshots, snapshotMigrations } from '#commands';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { createMetrics, createPool, migrate } from '#platform';
import { eachOf } from './harness/each-of.ts';
import type { MemoryAnswer, MemoryTask } from './harness/measure-memory.ts';

// As command-api sets it: the bound that memory is measured within.
const writersMax = 20_000;
const [{ servers, streams }] = (await once(process, 'message')) as [MemoryTask];
const { postgres, eventStore } = servers;
const pool = createPool({ url: postgres, connectionsMax: 10, name: 'bench' });
await migrate(pool, [...snapshotMigrations, ...(eventStore === undefined ? eventStoreMigrations : [])]);
const store = await connectEventStore(eventStore ?? postgres);
const metrics = commandMetrics(createMetrics('bench'));
const runtime = new CommandRuntime({ store, snapshots: new PostgresSnapshots(pool), metrics, bounds: { writersMax } });

const began = performance.now();
await eachOf([...Array(streams).keys()], async () => {
  const commandId = crypto.randomUUID();
  const context = { commandId, correlationId: commandId, userId: 'staff', deadline: Date.now() + 30_000 };
  const command = { type: 'Provide', quantity: 1, provideId: null } as const;
  await runtime.execute(stockAggregate, stockStream(itemStock(crypto.randomUUID())), command, context);
});
const seconds = (performance.now() - began) / 1000;
const answer: MemoryAnswer = {
  streams,
  writersKept: runtime.writersInMemory,
  writersMax,
  rssMb: process.memoryUsage.rss() / 2 ** 20,
  peakMb: process.resourceUsage().maxRSS / 1024,
  perSecond: streams / seconds,
};
await runtime.drain(10_000);
await Promise.all([store.close(), pool.end()]);
process.send?.(answer);
process.disconnect();

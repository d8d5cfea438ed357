import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemStock, stockAggregate, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { createMetrics } from '#platform';
import { eachOf } from '../harness/each-of.ts';
import { patienceMs, sellAtConstantRate, type Rate, type SeenAfter } from '../projections/constant-rate.ts';
import { FeedReader } from './feed-reader.ts';
import { itemNames, unitsOfEach } from './stocks.ts';

export interface FeedTask extends Rate {
  readonly postgres: string;
  readonly redis: string;
}

/** Measures when purchases can be read from the feed, with a projector that runs already. */
export async function measureFeedLag(task: FeedTask): Promise<SeenAfter> {
  const store = await connectEventStore(task.postgres);
  const reader = await FeedReader.open(task.redis);
  try {
    await provide(store);
    const sight = (purchaseId: string) => {
      const seen = reader.purchase(purchaseId, patienceMs);
      return () => seen;
    };
    return await sellAtConstantRate({ ...task, store, itemsCount: itemNames.length, sight });
  } finally {
    await reader.close();
    await store.close();
  }
}

async function provide(store: EventStore): Promise<void> {
  const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('bench')) });
  await eachOf(itemNames, async (name) => {
    const command = { type: 'Provide', quantity: unitsOfEach, provideId: null } as const;
    const id = randomUUID();
    const context = { commandId: id, correlationId: id, userId: null, deadline: Date.now() + patienceMs };
    await runtime.execute(stockAggregate, stockStream(itemStock(name)), command, context);
  });
  await runtime.drain(patienceMs);
}

import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemStock, stockAggregate, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { createMetrics } from '#platform';
import { eachOf } from '../harness/each-of.ts';
import { patienceMs } from '../projections/constant-rate.ts';
import { itemNames, unitsOfEach } from './stocks.ts';

/** Units of each item, without the items themselves. */
export async function provideStocks(store: EventStore): Promise<void> {
  const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('bench')) });
  await eachOf(itemNames, async (name) => {
    const command = { type: 'Provide', quantity: unitsOfEach, provideId: null } as const;
    const id = randomUUID();
    const context = { commandId: id, correlationId: id, userId: null, deadline: Date.now() + patienceMs };
    await runtime.execute(stockAggregate, stockStream(itemStock(name)), command, context);
  });
  await runtime.drain(patienceMs);
}

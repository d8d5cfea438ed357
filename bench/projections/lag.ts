import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { commandMetrics, CommandRuntime } from '#commands';
import { connectEventStore } from '#event-store/connect';
import { createMetrics, createPool, type Pool } from '#platform';
import { CheckpointWatch, viewOf } from '#projections';
import { availabilityProjection } from '#read-models';
import { itemsCount } from './history.ts';
import { itemName } from './stock-trade.ts';
import type { Lag, Task } from './tasks.ts';

const tickMs = 5;
const patienceMs = 10_000;
/** For one in this many commands, the row is also looked up. */
const lookedUpEvery = 50;

/** Sells at a constant rate, regardless of the answers, and measures when rows become visible. */
export async function measureLag(task: Extract<Task, { kind: 'lag' }>): Promise<Lag> {
  const pool = createPool({ url: task.postgres, connectionsMax: 2, name: 'bench' });
  const store = await connectEventStore(task.postgres);
  const watch = new CheckpointWatch(task.postgres, pool);
  const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('bench')) });
  const lags: number[] = [];
  const appends: number[] = [];
  let [commands, rejected, rowsLooked] = [0, 0, 0];
  const sell = async (measured: boolean): Promise<void> => {
    const id = randomUUID();
    const stream = stockStream(itemStock(itemName(Math.floor(Math.random() * itemsCount))));
    const purchase = { type: 'Purchase', purchaseId: id, customerId: 'user_bench', quantity: 1 } as const;
    const began = performance.now();
    const context = { commandId: id, correlationId: id, userId: 'user_bench', deadline: Date.now() + patienceMs };
    const outcome = await runtime.execute(stockAggregate, stream, purchase, context);
    const acknowledged = performance.now();
    if (outcome.outcome !== 'recorded') {
      rejected += 1;
      return;
    }
    const visible = await watch.reached(availabilityProjection, outcome.position, patienceMs);
    if (!visible) throw new Error(`a row was not there in ${patienceMs} ms`);
    if (!measured) return;
    commands += 1;
    appends.push(acknowledged - began);
    lags.push(performance.now() - acknowledged);
    if (commands % lookedUpEvery !== 0) return;
    await expectSold(pool, stream, id);
    rowsLooked += 1;
  };
  const run = async (forMs: number, measured: boolean): Promise<void> => {
    const sales: Promise<void>[] = [];
    const began = performance.now();
    for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - began) {
      while (sales.length < (elapsed / 1000) * task.perSecond) sales.push(sell(measured));
      await pause(tickMs);
    }
    await Promise.all(sales);
  };
  await run(task.warmUpMs, false);
  await run(task.measureMs, true);
  await watch.close();
  await runtime.drain(patienceMs);
  await Promise.all([store.close(), pool.end()]);
  const sorted = Float64Array.from(lags).toSorted();
  const perSecond = commands / (task.measureMs / 1000);
  const [p50Ms, p99Ms, maxMs] = [0.5, 0.99, 1].map((share) => quantile(sorted, share)) as [number, number, number];
  const appendP50Ms = quantile(Float64Array.from(appends).toSorted(), 0.5);
  return { commands, perSecond, rejected, p50Ms, p99Ms, maxMs, appendP50Ms, rowsLooked };
}

/** The row is at least as new as the stream's events up to this purchase. */
async function expectSold(pool: Pool, stream: string, purchaseId: string): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select a.revision >= e.revision as there from events e join ${viewOf(availabilityProjection)} a on a.stock = e.stream
     where e.stream = $1 and e.data like '%' || $2 || '%'`,
    [stream, purchaseId],
  );
  if (rows[0]?.there !== true) throw new Error(`${stream} was told to be visible, and is not`);
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemStock, stockAggregate, stockStream } from '#domain';
import type { EventStore, Position } from '#event-store';
import { createMetrics } from '#platform';
import { itemName } from './stock-trade.ts';

export interface Rate {
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** From the acknowledged append of a purchase until it is seen. */
export interface SeenAfter {
  readonly commands: number;
  readonly perSecond: number;
  readonly rejected: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** From the command to the acknowledged append. */
  readonly appendP50Ms: number;
}

interface SaleOptions extends Rate {
  readonly store: EventStore;
  readonly itemsCount: number;
  /** Asked before the purchase is made, because it may be seen before it is acknowledged. */
  readonly sight: (purchaseId: string) => (position: Position) => Promise<boolean>;
  /** After a measured purchase was seen; not counted. */
  readonly afterwards?: (stream: string, purchaseId: string) => Promise<void>;
}

const tickMs = 5;
export const patienceMs = 10_000;

/** Sells at a constant rate, regardless of the answers, and measures when purchases are seen. */
export async function sellAtConstantRate(options: SaleOptions): Promise<SeenAfter> {
  const { store, itemsCount, sight, afterwards, perSecond, warmUpMs, measureMs } = options;
  const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('bench')) });
  const lags: number[] = [];
  const appends: number[] = [];
  let rejected = 0;
  const sell = async (measured: boolean): Promise<void> => {
    const id = randomUUID();
    const stream = stockStream(itemStock(itemName(Math.floor(Math.random() * itemsCount))));
    const purchase = { type: 'Purchase', purchaseId: id, customerId: 'user_bench', quantity: 1 } as const;
    const seen = sight(id);
    const began = performance.now();
    const context = { commandId: id, correlationId: id, userId: 'user_bench', deadline: Date.now() + patienceMs };
    const outcome = await runtime.execute(stockAggregate, stream, purchase, context);
    const acknowledged = performance.now();
    if (outcome.outcome !== 'recorded') {
      rejected += 1;
      return;
    }
    if (!(await seen(outcome.position))) throw new Error(`a purchase was not seen in ${patienceMs} ms`);
    if (!measured) return;
    appends.push(acknowledged - began);
    lags.push(performance.now() - acknowledged);
    await afterwards?.(stream, id);
  };
  const run = async (forMs: number, measured: boolean): Promise<void> => {
    const sales: Promise<void>[] = [];
    const began = performance.now();
    for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - began) {
      while (sales.length < (elapsed / 1000) * perSecond) sales.push(sell(measured));
      await pause(tickMs);
    }
    await Promise.all(sales);
  };
  await run(warmUpMs, false);
  await run(measureMs, true);
  await runtime.drain(patienceMs);
  const sorted = Float64Array.from(lags).toSorted();
  const [p50Ms, p99Ms, maxMs] = [0.5, 0.99, 1].map((share) => quantile(sorted, share)) as [number, number, number];
  const appendP50Ms = quantile(Float64Array.from(appends).toSorted(), 0.5);
  const commands = lags.length;
  return { commands, perSecond: commands / (measureMs / 1000), rejected, p50Ms, p99Ms, maxMs, appendP50Ms };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemAggregate, itemStock, stockAggregate, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { createMetrics } from '#platform';
import { eachOf } from '../harness/each-of.ts';
import { patienceMs } from '../projections/constant-rate.ts';
import { itemName } from '../projections/stock-trade.ts';
import { wallClock } from './receipt.ts';

export const unitsOfEach = 1_000_000;
const tickMs = 5;

/** Changes one subject after the other; resolves when the change is acknowledged. */
export type Change = (subject: number, unitsLeft: number) => Promise<void>;

function context() {
  const id = randomUUID();
  return { commandId: id, correlationId: id, userId: 'user_bench', deadline: Date.now() + patienceMs };
}

function streamOf(subject: number): string {
  return stockStream(itemStock(itemName(subject)));
}

/** Items and their stocks, and how one unit of them is sold. */
export async function recordItems(store: EventStore, subjects: number): Promise<Change> {
  const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('bench')) });
  await eachOf(
    Array.from({ length: subjects }, (_, subject) => subject),
    async (subject) => {
      const itemId = itemName(subject);
      const create = { type: 'CreateItem', itemId, number: subject + 1, name: `Item ${subject}`, price: 100 } as const;
      await runtime.execute(itemAggregate, itemAggregate.streamOf(itemId), create, context());
      const provide = { type: 'Provide', quantity: unitsOfEach, provideId: null } as const;
      await runtime.execute(stockAggregate, streamOf(subject), provide, context());
    },
  );
  return async (subject) => {
    const purchase = { type: 'Purchase', purchaseId: randomUUID(), customerId: 'user_bench', quantity: 1 } as const;
    const { outcome } = await runtime.execute(stockAggregate, streamOf(subject), purchase, context());
    if (outcome !== 'recorded') throw new Error(`a purchase was ${outcome}`);
  };
}

/** Changes at a constant rate, one subject after the other, and knows when each change was acknowledged. */
export class Writer {
  /** `<subject> <units left>` → the time. */
  readonly acknowledged = new Map<string, number>();
  readonly #change: Change;
  readonly #left: number[];
  #turn = 0;

  constructor(change: Change, subjects: number) {
    this.#change = change;
    this.#left = Array.from({ length: subjects }, () => unitsOfEach);
  }

  async run(perSecond: number, forMs: number): Promise<void> {
    this.acknowledged.clear();
    const changes: Promise<void>[] = [];
    const began = performance.now();
    for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - began) {
      while (changes.length < (elapsed / 1000) * perSecond) changes.push(this.#next());
      await pause(tickMs);
    }
    await Promise.all(changes);
  }

  async #next(): Promise<void> {
    const subject = this.#turn++ % this.#left.length;
    const left = (this.#left[subject] ?? 0) - 1;
    this.#left[subject] = left;
    await this.#change(subject, left);
    this.acknowledged.set(`${subject} ${left}`, wallClock());
  }
}

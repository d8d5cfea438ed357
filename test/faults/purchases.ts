import { randomUUID } from 'node:crypto';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { commandMetrics, CommandRuntime } from '#commands';
import type { EventStore } from '#event-store';
import { createMetrics } from '#platform';

/** One unit bought by somebody who asks again, with the same command id, until there is an answer. */
export interface Purchase {
  readonly commandId: string;
  readonly stream: string;
}

/** So many purchases, spread over a few stocks that have exactly as many units as will be asked for. */
export async function stockedPurchases(store: EventStore, count: number, stocks: number): Promise<readonly Purchase[]> {
  const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) });
  const streams = Array.from({ length: stocks }, (_, n) =>
    stockStream(itemStock(`fault${randomUUID().slice(0, 8)}.${n}`)),
  );
  for (const stream of streams) {
    const context = { commandId: randomUUID(), correlationId: 'fault', userId: null, deadline: Date.now() + 10_000 };
    await runtime.execute(
      stockAggregate,
      stream,
      { type: 'Provide', quantity: count / stocks, provideId: null },
      context,
    );
  }
  return Array.from({ length: count }, (_, n) => ({ commandId: randomUUID(), stream: streams[n % stocks] ?? '' }));
}

/** Every purchase is in its stream exactly once, nothing else is, and the last balance says so. */
export async function expectEachOnce(store: EventStore, purchases: readonly Purchase[]): Promise<void> {
  for (const stream of new Set(purchases.map((purchase) => purchase.stream))) {
    const wanted = purchases.filter((purchase) => purchase.stream === stream).map(({ commandId }) => commandId);
    const events = await store.readStream(stream, { limit: 100_000 });
    const recorded = events.filter(({ type }) => type === 'UnitsPurchased').map(({ metadata }) => metadata.commandId);
    expect(recorded.toSorted()).toEqual(wanted.toSorted());
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)?.data).toMatchObject({ balance: { available: 0, taken: wanted.length } });
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { stockAggregate } from '#domain';
import { commandMetrics, CommandRuntime, TryAgainLater } from '#commands';
import { OutcomeUnknown, StoreUnavailable } from '#event-store';
import { EventStoreDbStore } from '#event-store/esdb';
import { WireDouble } from '#dev/event-store-double';
import { createMetrics } from '#platform';
import { expectEachOnce, stockedPurchases, type Purchase } from './purchases.ts';

const purchaseCount = 2000;
const clients = 64;

describe('EventStoreDB that drops connections under load', () => {
  let double: WireDouble;
  let stores: EventStoreDbStore[];

  beforeEach(async () => {
    double = await WireDouble.start();
    stores = [await EventStoreDbStore.connect(double.url), await EventStoreDbStore.connect(double.url)];
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await double.stop();
  });

  /** Many clients of both processes, each asking again with the same id until it is answered. */
  async function buyAll(purchases: readonly Purchase[], afterEach: (done: number) => void): Promise<void> {
    const runtimes = stores.map(
      (store) => new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) }),
    );
    const waiting = [...purchases];
    let done = 0;
    const client = async (_: unknown, n: number): Promise<void> => {
      const runtime = runtimes[n % runtimes.length] as CommandRuntime;
      for (let purchase = waiting.pop(); purchase !== undefined; purchase = waiting.pop()) {
        while (!(await bought(runtime, purchase))) await pause(10);
        afterEach((done += 1));
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  }

  async function bought(runtime: CommandRuntime, { commandId, stream }: Purchase): Promise<boolean> {
    const command = { type: 'Purchase', purchaseId: commandId, customerId: 'ann', quantity: 1 } as const;
    const context = { commandId, correlationId: 'fault', userId: 'ann', deadline: Date.now() + 2000 };
    try {
      return (await runtime.execute(stockAggregate, stream, command, context)).outcome === 'recorded';
    } catch (error) {
      const typed = [StoreUnavailable, OutcomeUnknown, TryAgainLater].some((type) => error instanceof type);
      if (!typed) throw error;
      return false;
    }
  }

  it.each(['before the commit', 'after the commit'] as const)(
    'each cut %s and before the answer doubles and loses nothing',
    async (cut) => {
      const [store] = stores;
      const purchases = await stockedPurchases(store as EventStoreDbStore, purchaseCount, 8);
      let cuts = 0;
      await buyAll(purchases, (done) => {
        if (done % 100 !== 0) return;
        cuts += 1;
        double.faults.cuts.push(cut);
      });
      expect(cuts).toBe(purchaseCount / 100);
      await expectEachOnce(store as EventStoreDbStore, purchases);
    },
  );
});

import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import { commandMetrics, CommandRuntime, PostgresSnapshots, snapshotMigrations } from '#commands';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { createMetrics, createPool, migrate } from '#platform';
import type { Contender, OpenContender } from '../harness/contender.ts';
import { eachOf } from '../harness/each-of.ts';
import { RecordedPurchases } from './recorded-purchases.ts';

const snapshotConnections = 10;
const deadlineMs = 30_000;

/** Composed as in command-api, without HTTP. */
export const openHoldfast: OpenContender = async ({ postgres, eventStore }) => {
  const pool = createPool({ url: postgres, connectionsMax: snapshotConnections, name: 'bench' });
  await migrate(pool, [...snapshotMigrations, ...(eventStore === undefined ? eventStoreMigrations : [])]);
  const store = await connectEventStore(eventStore ?? postgres);
  const metrics = commandMetrics(createMetrics('bench'));
  const runtime = new CommandRuntime({ store, snapshots: new PostgresSnapshots(pool), metrics });
  const purchases = await RecordedPurchases.in(store, 'stock');
  const execute = (commandId: string, item: string, customer: string, command: StockCommand) =>
    runtime.execute(stockAggregate, stockStream(itemStock(item)), command, {
      commandId,
      correlationId: commandId,
      userId: customer,
      deadline: Date.now() + deadlineMs,
    });
  const purchase: Contender['purchase'] = async ({ id, item, customer }) => {
    const command = { type: 'Purchase', purchaseId: id, customerId: customer, quantity: 1 } as const;
    const { outcome } = await execute(id, item, customer, command);
    return outcome === 'recorded' ? 'bought' : 'rejected';
  };
  return {
    purchase,
    provide: async (items, quantity, purchasesBefore) => {
      await eachOf(items, async (item) => {
        await execute(crypto.randomUUID(), item, 'staff', { type: 'Provide', quantity, provideId: null });
        const earlier = Array.from({ length: purchasesBefore }, () => crypto.randomUUID());
        await eachOf(earlier, async (id) => void (await purchase({ id, item, customer: 'earlier' })));
      });
    },
    recorded: () => purchases.count(),
    close: async () => {
      await runtime.drain(deadlineMs);
      await Promise.all([store.close(), pool.end()]);
    },
  };
};

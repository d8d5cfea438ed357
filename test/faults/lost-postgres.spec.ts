import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stockAggregate } from '#domain';
import { commandMetrics, CommandRuntime, TryAgainLater } from '#commands';
import { OutcomeUnknown, StoreUnavailable } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics, createPool, migrate } from '#platform';
import { startPostgres, type Server } from '#dev/servers';
import { expectEachOnce, stockedPurchases, type Purchase } from './purchases.ts';

const clients = 64;
const purchaseCount = 3000;

describe('PostgreSQL that goes away under load', () => {
  let directory: string;
  let server: Server;
  let store: PostgresEventStore;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-lost-postgres-'));
    server = await start();
    const pool = createPool({ url: server.url, connectionsMax: 1, name: 'test' });
    await migrate(pool, eventStoreMigrations);
    await pool.end();
    store = await PostgresEventStore.connect(server.url);
  });

  afterAll(async () => {
    await store.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  function start(port?: number): Promise<Server> {
    return startPostgres({
      dataDir: join(directory, 'data'),
      logFile: join(directory, 'log'),
      // As in production: what was acknowledged must outlive the server.
      durable: true,
      ...(port === undefined ? {} : { port }),
    });
  }

  /** Many clients, each asking again with the same id until it is answered; answers which errors they met. */
  async function buyAll(purchases: readonly Purchase[], afterEach: () => void): Promise<Set<string>> {
    const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) });
    const errors = new Set<string>();
    const waiting = [...purchases];
    const client = async (): Promise<void> => {
      for (let purchase = waiting.pop(); purchase !== undefined; purchase = waiting.pop()) {
        while (!(await bought(runtime, purchase, errors))) await pause(20);
        afterEach();
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return errors;
  }

  async function bought(
    runtime: CommandRuntime,
    { commandId, stream }: Purchase,
    errors: Set<string>,
  ): Promise<boolean> {
    const command = { type: 'Purchase', purchaseId: commandId, customerId: 'ann', quantity: 1 } as const;
    const context = { commandId, correlationId: 'fault', userId: 'ann', deadline: Date.now() + 2000 };
    try {
      const { outcome } = await runtime.execute(stockAggregate, stream, command, context);
      expect(outcome).toBe('recorded');
      return true;
    } catch (error) {
      const typed = [StoreUnavailable, OutcomeUnknown, TryAgainLater].some((type) => error instanceof type);
      if (!typed) throw error;
      errors.add((error as Error).name);
      return false;
    }
  }

  it('by having its connections cut again and again, doubles and loses nothing', async () => {
    const purchases = await stockedPurchases(store, purchaseCount, 8);
    const pool = createPool({ url: server.url, connectionsMax: 1, name: 'cutter' });
    let cuts = 0;
    let done = 0;
    const cutting: Promise<unknown>[] = [];
    await buyAll(purchases, () => {
      done += 1;
      if (done % 100 !== 0) return;
      cuts += 1;
      cutting.push(
        pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'holdfast-%'`),
      );
    });
    await Promise.all(cutting);
    await pool.end();
    expect(cuts).toBeGreaterThan(20);
    await expectEachOnce(store, purchases);
  });

  it('by being killed and started again, doubles and loses nothing', async () => {
    const purchases = await stockedPurchases(store, purchaseCount, 8);
    let done = 0;
    let restarting = Promise.resolve();
    let restarts = 0;
    const restart = async (): Promise<void> => {
      server.kill();
      await server.exited;
      server = await start(server.port);
      restarts += 1;
    };
    const errors = await buyAll(purchases, () => {
      done += 1;
      if (done % 750 === 0) restarting = restarting.then(restart);
    });
    await restarting;
    expect(restarts).toBe(4);
    expect([...errors].every((name) => ['StoreUnavailable', 'OutcomeUnknown', 'NotInTime'].includes(name))).toBe(true);
    await expectEachOnce(store, purchases);
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { commandMetrics, CommandRuntime } from '#commands';
import type { Position } from '#event-store';
import { PostgresEventStore } from '#event-store/postgres';
import { createMetrics, createPool, createRedis, untilConnected, type Pool, type Redis } from '#platform';
import { startSystem, until, type RunningSystem, type Service } from '#dev/testing';

const stocks = 20;
const inFlight = 4;
/** Some hundred commands a second are load enough, and leave the processor to the projectors. */
const pauseMs = 10;
/** Each of the stocks is provided for by then. */
const commandsMin = 300;

/** Provides and sells, over and over, until it is told to stop. */
class Load {
  readonly #store: PostgresEventStore;
  readonly #runtime: CommandRuntime;
  #stopped = false;
  #begun = 0;
  #finished: Promise<unknown> = Promise.resolve();
  commands = 0;
  /** Of what was recorded, once it has stopped. */
  end: Position | undefined;

  constructor(store: PostgresEventStore) {
    this.#store = store;
    this.#runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('load')) });
  }

  start(): void {
    this.#finished = Promise.all(Array.from({ length: inFlight }, () => this.#client()));
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#finished;
    this.end = await this.#store.head();
    await this.#store.close();
  }

  async #client(): Promise<void> {
    while (!this.#stopped) {
      const n = this.#begun++;
      const stream = stockStream(itemStock(`load${n % stocks}`));
      const context = { commandId: randomUUID(), correlationId: 'load', userId: null, deadline: Date.now() + 10_000 };
      const command =
        n % 3 === 0
          ? ({ type: 'Provide', quantity: 5, provideId: null } as const)
          : ({ type: 'Purchase', purchaseId: context.commandId, customerId: 'ann', quantity: 1 } as const);
      await this.#runtime.execute(stockAggregate, stream, command, context);
      this.commands += 1;
      await pause(pauseMs);
    }
  }
}

describe('under load', () => {
  let system: RunningSystem;
  let pool: Pool;
  let redis: Redis;
  let projector: Service;
  let load: Load;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_PROJECTION_LEASE_MS: '500', HOLDFAST_PROJECTION_PAGE_EVENTS_MAX: '200' });
    pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 2, name: 'test' });
    redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    ({ projector } = system);
  });

  beforeEach(async () => {
    load = new Load(await PostgresEventStore.connect(system.env['EVENTSTORE_URL'] ?? ''));
    load.start();
  });

  afterEach(() => load.stop());

  afterAll(async () => {
    redis.disconnect();
    await pool.end();
    await system.stop();
  });

  async function checkpoints(): Promise<string> {
    const { rows } = await pool.query<{ checkpoint: string | null }>(
      `select min(checkpoint) as checkpoint from projections where state = 'live'`,
    );
    return rows[0]?.checkpoint ?? '';
  }

  /** Until every projection has gone on from where it was. */
  async function progress(): Promise<void> {
    const before = await checkpoints();
    await until(checkpoints, (now) => now > before);
  }

  async function isBeingRebuilt(): Promise<boolean> {
    const { rowCount } = await pool.query(`select from projections where name = 'availability' and state = 'building'`);
    return rowCount !== 0;
  }

  async function expectNoDrift(): Promise<void> {
    await until(() => load.commands >= commandsMin);
    await load.stop();
    await until(checkpoints, (now) => now >= String(load.end));
    const status = async () => {
      const { stdout } = await system.cli(['projections', 'status', '--json']);
      return JSON.parse(stdout) as { state: string; caughtUp: boolean }[];
    };
    await until(status, (all) => all.every(({ state, caughtUp }) => state !== 'live' || caughtUp));
    const verified = await system.cli(['projections', 'verify', '--all']);
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
    expect(verified.stdout).toContain('availability: 20 rows match the events.');
  }

  it('a projector that is killed again and again leaves no drift', async () => {
    for (let kills = 0; kills < 3; kills++) {
      await progress();
      projector.child.kill();
      await projector.child.exited;
      projector = await system.start('projector');
    }
    await progress();
    await expectNoDrift();
  });

  it('of two projectors either carries on when the other is killed', async () => {
    const other = await system.start('projector');
    await progress();
    projector.child.kill();
    await projector.child.exited;
    projector = other;
    await progress();
    await progress();
    await expectNoDrift();
  });

  it('connections that are cut, and Redis that is flushed, leave no drift', async () => {
    for (let cuts = 0; cuts < 6; cuts++) {
      await progress();
      await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'projector'`);
      await redis.flushdb();
    }
    await progress();
    await expectNoDrift();
  });

  it('a rebuild that is killed and resumed shows no reader a step back, and leaves no drift', async () => {
    await progress();
    const reading = new AbortController();
    const seen: number[] = [];
    const reader = (async () => {
      while (!reading.signal.aborted) {
        const { rows } = await pool.query<{ revision: number }>(
          `select revision from availability_v3 where stock = $1`,
          [stockStream(itemStock('load0'))],
        );
        seen.push(...rows.map(({ revision }) => revision));
        await pause(1);
      }
    })();
    for (let n = 0; n < 2; n++) {
      const killing = new AbortController();
      const rebuilding = system.cli(['projections', 'rebuild', 'availability'], '', { killed: killing.signal });
      const isOver = rebuilding.then(() => true);
      while (!(await Promise.race([isOver, isBeingRebuilt()]))) await pause(1);
      killing.abort();
      await rebuilding;
      expect(await system.cli(['projections', 'rebuild', 'availability'])).toMatchObject({ exitCode: 0 });
      await progress();
    }
    reading.abort();
    await reader;
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await expectNoDrift();
  });
});

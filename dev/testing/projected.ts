import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime } from '#commands';
import type { Aggregate } from '#domain';
import type { EventStore, Position } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createLogger, createMetrics, type Pool, type Redis } from '#platform';
import { CheckpointWatch, PostgresSink, projectionMigrations, RedisSink, type Sink } from '#projections';
import type { ReadModel } from '#read-models';
import { freshDatabase } from './fresh-database.ts';
import { freshRedis } from './fresh-redis.ts';

/** Executes commands and returns the resulting rows of read models. */
export interface Projected {
  readonly pool: Pool;
  readonly redis: Redis;
  readonly watch: CheckpointWatch;
  readonly log: ReturnType<typeof createLogger>;
  /** The time of commands, in milliseconds since 1970. */
  now: number;
  /** Decides and records; fails the test if the command is rejected. */
  execute<Id, S, C extends object, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    userId?: string,
  ): Promise<void>;
  /** Advances the read models to the end of the store: all of them, or those of one kind of sink. */
  catchUp(where?: 'PostgreSQL' | 'Redis'): Promise<void>;
  close(): Promise<void>;
}

const pageEventsMax = 1000;

export async function startProjected(readModels: readonly ReadModel[]): Promise<Projected> {
  const [database, { redis }] = await Promise.all([
    freshDatabase([...eventStoreMigrations, ...projectionMigrations]),
    freshRedis(),
  ]);
  const { pool } = database;
  const store = await PostgresEventStore.connect(database.url);
  const watch = new CheckpointWatch(database.url, pool);
  const sinks = readModels.flatMap(({ projection, inRedis }): Sink[] => [
    new PostgresSink(pool, store, projection),
    ...(inRedis ? [new RedisSink(redis, pool, projection)] : []),
  ]);
  const metrics = commandMetrics(createMetrics('test'));
  const runtime = new CommandRuntime({ store, metrics, now: () => projected.now });
  const projected: Projected = {
    pool,
    redis,
    watch,
    log: createLogger('test', { logLevel: 'silent', logFormat: 'json' }),
    now: Date.UTC(2026, 0, 1),
    execute: async (aggregate, stream, command, userId = 'staff') => {
      const context = { commandId: randomUUID(), correlationId: 'c', userId, deadline: Date.now() + 10_000 };
      expect(await runtime.execute(aggregate, stream, command, context)).toMatchObject({ outcome: 'recorded' });
    },
    catchUp: async (where) => {
      for (const sink of sinks) {
        if (where === undefined || (where === 'Redis') === sink instanceof RedisSink) await carry(store, sink);
      }
    },
    close: async () => {
      await watch.close();
      redis.disconnect();
      await store.close();
      await database.drop();
    },
  };
  return projected;
}

/** Advances to the end and makes it live: a projection that was just built must be opened again. */
async function carry(store: EventStore, sink: Sink): Promise<void> {
  for (;;) {
    try {
      await follow(store, sink);
      await sink.tend(true);
      return;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'CheckpointMoved') throw error;
    }
  }
}

async function follow(store: EventStore, sink: Sink): Promise<void> {
  let checkpoint: Position | undefined = await sink.open();
  for (;;) {
    const { events, end } = await store.readAll(checkpoint, pageEventsMax);
    if (end === undefined || end === checkpoint) return;
    await sink.apply(events, checkpoint, end);
    checkpoint = end;
  }
}

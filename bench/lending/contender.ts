import type { Redis } from 'ioredis';
import type { Pool } from '#platform';
import { postgresCpuSeconds, redisCpuSeconds } from '../harness/server-cpu.ts';
import type { LoadAnswer } from '../http/clients.ts';
import { perform } from '../projections/perform.ts';
import type { LendingTask, Work } from './load.ts';
import { connections } from './pace.ts';

/** A running service that lends, or takes acceptances. */
export interface Contender {
  readonly title: string;
  readonly url: string;
  readonly workOf: (round: number) => Work;
  /** The number of recorded lends or acceptances. Throws if any is there twice or lost. */
  readonly recorded: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** CPU time of the servers for each request, with the warm-up. */
interface ServersCpu {
  readonly postgresMicros: number;
  readonly redisMicros: number;
}

export type LendingAnswer = LoadAnswer & ServersCpu;

export interface Clients {
  readonly tokens: readonly string[];
  readonly pool: Pool;
  readonly redis: Redis;
}

/** Lets clients work, and compares what they were answered with what is recorded. */
export async function letWork(
  { title, url, workOf, recorded }: Contender,
  round: number,
  { tokens, ...servers }: Clients,
  times: { readonly warmUpMs: number; readonly measureMs: number },
): Promise<LendingAnswer> {
  const before = await recorded();
  const cpuBefore = await cpuSeconds(servers);
  const { warmUpMs, measureMs } = times;
  const task: LendingTask = { work: workOf(round), url, services: [url], tokens, connections, warmUpMs, measureMs };
  const answer = await perform<LoadAnswer>('lending-load.ts', task);
  const cpu = await cpuSeconds(servers);
  const made = (await recorded()) - before;
  if (made !== answer.createdInAll) {
    throw new Error(`${title} has recorded ${made}, and acknowledged ${answer.createdInAll}`);
  }
  const microsOf = (seconds: number): number => (seconds / answer.requestsInAll) * 1_000_000;
  return {
    ...answer,
    postgresMicros: microsOf(cpu.postgres - cpuBefore.postgres),
    redisMicros: microsOf(cpu.redis - cpuBefore.redis),
  };
}

async function cpuSeconds({ pool, redis }: Pick<Clients, 'pool' | 'redis'>) {
  const [ofPostgres, ofRedis] = await Promise.all([postgresCpuSeconds(pool), redisCpuSeconds(redis)]);
  return { postgres: ofPostgres, redis: ofRedis };
}

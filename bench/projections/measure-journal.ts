import { createPool, type Pool } from '#platform';
import { readModelsOf } from '#read-models';
import type { Servers } from '../harness/contender.ts';
import { postgresCpuSeconds } from '../harness/server-cpu.ts';
import type { ProjectionsPace } from './pace.ts';
import { perform } from './perform.ts';
import { startService } from './service.ts';
import type { Lag, Paced } from './tasks.ts';

/** The projector with all read models, without or with the journal. */
export interface JournalMeasured {
  readonly journal: boolean;
  /** Of a replay into all read models. */
  readonly eventsPerSecond: number;
  readonly lag: Lag;
  /** CPU microseconds per event at the constant rate. */
  readonly projectorMicros: number;
  readonly postgresMicros: number;
  /** Bytes per event, with indexes. */
  readonly bytes: { readonly events: number; readonly others: number; readonly journal: number; readonly rows: number };
}

interface Surroundings {
  readonly directory: string;
  readonly pace: ProjectionsPace;
  readonly say: (line: string) => void;
}

/** In turns, each with a history of its own, so that drift of the machine affects both equally. */
export async function measureJournal(
  makeHistory: () => Promise<Servers>,
  around: Surroundings,
): Promise<readonly JournalMeasured[]> {
  const measured: JournalMeasured[] = [];
  for (let round = 0; round < around.pace.replays; round++) {
    for (const journal of [false, true]) measured.push(await measureOne(await makeHistory(), journal, around));
  }
  return measured;
}

async function measureOne(place: Servers, journal: boolean, around: Surroundings): Promise<JournalMeasured> {
  const { directory, pace, say } = around;
  const models = readModelsOf({ journal }).map(({ projection }) => projection.name);
  say(`replay and ${pace.journalPerSecond} commands a second, the journal ${journal ? 'on' : 'off'}`);
  const replay = { ...place, kind: 'replay', models, stockEvents: pace.fewerEvents, inRedis: true };
  const { events, seconds } = await perform<Paced>('projections-worker.ts', replay);
  const pool = createPool({ url: place.postgres, connectionsMax: 2, name: 'bench' });
  const env = {
    DATABASE_URL: place.postgres,
    EVENTSTORE_URL: place.postgres,
    REDIS_URL: place.redis,
    HOLDFAST_JOURNAL: String(journal),
  };
  const projector = await startService('projector', 'dist/apps/projector/main.js', directory, env);
  try {
    const before = await usage(pool, projector.url);
    const { lagWarmUpMs: warmUpMs, lagMeasureMs: measureMs } = pace;
    const lagTask = { ...place, kind: 'lag', perSecond: pace.journalPerSecond, warmUpMs, measureMs };
    const lag = await perform<Lag>('projections-worker.ts', lagTask);
    const after = await usage(pool, projector.url);
    const microsOf = (cpu: number): number => (cpu / (after.events - before.events)) * 1_000_000;
    return {
      journal,
      eventsPerSecond: events / seconds,
      lag,
      projectorMicros: microsOf(after.projector - before.projector),
      postgresMicros: microsOf(after.postgres - before.postgres),
      bytes: await bytesPerEvent(pool, after.events),
    };
  } finally {
    await projector.stop();
    await pool.end();
  }
}

async function usage(pool: Pool, projectorUrl: string) {
  const text = await (await fetch(`${projectorUrl}/metrics`)).text();
  const projector = Number(/^process_cpu_seconds_total\S* (\S+)/m.exec(text)?.[1]);
  const { rows } = await pool.query<{ count: number }>('select count(*) from events');
  return { projector, postgres: await postgresCpuSeconds(pool), events: rows[0]?.count ?? 0 };
}

async function bytesPerEvent(pool: Pool, events: number): Promise<JournalMeasured['bytes']> {
  const { rows } = await pool.query<{ events: number; others: number; journal: number; heap: number }>(
    `select coalesce(sum(total) filter (where relname = 'events'), 0)::bigint as events,
       coalesce(sum(total) filter (where relname like 'journal\\_%'), 0)::bigint as journal,
       coalesce(sum(heap) filter (where relname like 'journal\\_%'), 0)::bigint as heap,
       coalesce(sum(total) filter (where relname ~ '_v\\d+_g\\d+$' and relname not like 'journal\\_%'), 0)::bigint as others
     from (select relname, pg_total_relation_size(oid) as total, pg_table_size(oid) as heap
       from pg_class where relkind = 'r') tables`,
  );
  const [found] = rows;
  const of = (bytes: number | undefined): number => (bytes ?? 0) / events;
  return { events: of(found?.events), others: of(found?.others), journal: of(found?.journal), rows: of(found?.heap) };
}

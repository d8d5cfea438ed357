import type { Position } from '#event-store';
import type { Pool } from '#platform';
import type { GenerationState } from '../run/generations.ts';
import { parkedStreams } from '../run/parked-streams.ts';
import type { ProjectionName } from '../define/projection.ts';
import { redisWorkOf } from '../define/redis-rows.ts';
import { viewOf } from '../define/tables.ts';

/** The state of the table of a projection, of its copy in Redis, or of a feed; null for values without a report. */
export interface ProjectionReport {
  readonly name: string;
  readonly schema: number;
  readonly store: 'PostgreSQL' | 'Redis';
  /** Generation of the table; null in Redis. */
  readonly generation: number | null;
  readonly state: GenerationState;
  readonly position: Position | null;
  readonly lagEvents: number | null;
  /** False if `lagEvents` is a lower bound. */
  readonly lagIsExact: boolean | null;
  readonly lagSeconds: number | null;
  readonly eventsPerSecond: number | null;
  readonly parkedStreams: number;
  readonly error: string | null;
  /** Time of the last report of its worker. */
  readonly saidAt: Date | null;
}

interface GenerationRow extends ProjectionName {
  readonly generation: number;
  readonly state: GenerationState;
  readonly checkpoint: Position | null;
  readonly parked: number;
}

interface StandingRow {
  readonly work: string;
  readonly checkpoint: Position | null;
  readonly lag_events: number | null;
  readonly lag_is_all: boolean | null;
  readonly lag_seconds: number | null;
  readonly events_per_second: number | null;
  readonly error: string | null;
  readonly said_at: Date;
}

/** Reports on every generation that is not retired, every copy in Redis, and the feeds, which have no table. */
export async function reportProjections(
  pool: Pool,
  names: readonly string[],
  feeds: readonly ProjectionName[] = [],
): Promise<ProjectionReport[]> {
  const { rows: generations } = await pool.query<GenerationRow>(
    `select name, schema, generation, state, checkpoint, (
       select count(*)::int from parked_streams s where s.name = p.name and s.schema = p.schema and p.state = 'live'
     ) as parked
     from projections p where state <> 'retired' and name = any($1) order by name, schema, generation`,
    [names],
  );
  const { rows } = await pool.query<StandingRow>('select * from projection_standings');
  const said = new Map(rows.map((row) => [row.work, row]));
  const ofTables = generations.flatMap((row) => {
    const beside = row.state === 'building' && generations.some((other) => isLiveOf(other, row));
    const inRedis = row.state === 'live' ? said.get(redisWorkOf(row)) : undefined;
    return [
      // A generation built beside the live one has no worker; the process that rebuilds it shows its progress.
      reportOf(row, beside ? undefined : said.get(viewOf(row))),
      ...(inRedis === undefined ? [] : [reportOfCopy(row, inRedis)]),
    ];
  });
  const ofFeeds = feeds.map(async (feed) => reportOfFeed(feed, said.get(feed.name), await parkedStreams(pool, feed)));
  return [...ofTables, ...(await Promise.all(ofFeeds))];
}

function isLiveOf(other: GenerationRow, { name, schema }: GenerationRow): boolean {
  return other.state === 'live' && other.name === name && other.schema === schema;
}

function reportOf(row: GenerationRow, standing: StandingRow | undefined): ProjectionReport {
  const { name, schema, generation, state, checkpoint: position, parked } = row;
  return { name, schema, store: 'PostgreSQL', generation, state, position, parkedStreams: parked, ...saidBy(standing) };
}

function reportOfCopy({ name, schema, state }: GenerationRow, standing: StandingRow): ProjectionReport {
  const position = standing.checkpoint;
  return { name, schema, store: 'Redis', generation: null, state, position, parkedStreams: 0, ...saidBy(standing) };
}

function reportOfFeed(
  { name, schema }: ProjectionName,
  standing: StandingRow | undefined,
  parked: readonly unknown[],
): ProjectionReport {
  const position = standing?.checkpoint ?? null;
  const state = { name, schema, store: 'Redis', generation: null, state: 'live' } as const;
  return { ...state, position, parkedStreams: parked.length, ...saidBy(standing) };
}

function saidBy(standing: StandingRow | undefined) {
  return {
    lagEvents: standing?.lag_events ?? null,
    lagIsExact: standing?.lag_is_all ?? null,
    lagSeconds: standing?.lag_seconds ?? null,
    eventsPerSecond: standing?.events_per_second ?? null,
    error: standing?.error ?? null,
    saidAt: standing?.said_at ?? null,
  };
}

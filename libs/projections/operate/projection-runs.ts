import type { Position } from '#event-store';
import type { Pool } from '#platform';
import { nameOf } from '../run/generations.ts';
import type { ProjectionName } from '../define/projection.ts';
import { runColumns, type ProjectionRun, type RunKind, type RunState, type ShownDifference } from './projection-run.ts';

const endedKeptMax = 100;
const unknownAfterHours = 24;

export interface RunReport {
  readonly events: number;
  readonly position: Position | undefined;
  readonly generation?: number | undefined;
  /** Set if it came further in this attempt than in those before. */
  readonly isFurther?: boolean;
}

export interface RunEnd {
  readonly state: Extract<RunState, 'done' | 'failed'>;
  readonly rows?: number;
  readonly differences?: number;
  readonly differencesShown?: readonly ShownDifference[];
  readonly error?: string;
}

export interface TakenRun extends ProjectionRun {
  /** How often it was taken since it last came further, this time included. Some interruptions do not count. */
  readonly attempts: number;
}

interface Interruption {
  readonly error: string | undefined;
  /** Whether the attempt counts. */
  readonly isCounted: boolean;
}

/** The table of requested runs. Whoever took a run last is its owner; what an earlier one writes is ignored. */
export class ProjectionRuns {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Returns the open run of this kind if there is one, instead of another. */
  async request(projection: ProjectionName, kind: RunKind, requestedBy: string): Promise<ProjectionRun> {
    const { rows } = await this.#pool.query<ProjectionRun>(
      `insert into projection_runs as present (projection, schema, kind, requested_by) values ($1, $2, $3, $4)
       on conflict (projection, schema, kind) where ended_at is null do update set requested_by = present.requested_by
       returning ${runColumns}`,
      [...nameOf(projection), kind, requestedBy],
    );
    return rows[0] as ProjectionRun;
  }

  /**
   * Ends an open run; the projector that performs it notices, and stops. Returns the run as it is now, which may have
   * ended before.
   */
  async cancel(projection: ProjectionName, id: number): Promise<ProjectionRun | undefined> {
    const named = 'id = $1 and projection = $2 and schema = $3';
    const values = [id, ...nameOf(projection)];
    const cancelled = await this.#pool.query<ProjectionRun>(
      `update projection_runs set state = 'cancelled', ended_at = now() where ${named} and ended_at is null
       returning ${runColumns}`,
      values,
    );
    if (cancelled.rows[0] !== undefined) return cancelled.rows[0];
    const { rows } = await this.#pool.query<ProjectionRun>(
      `select ${runColumns} from projection_runs where ${named}`,
      values,
    );
    return rows[0];
  }

  /** For each projection, the run in progress, or else the latest. */
  async latest(): Promise<readonly ProjectionRun[]> {
    const { rows } = await this.#pool.query<ProjectionRun>(
      `select distinct on (projection, schema) ${runColumns} from projection_runs
       order by projection, schema, state = 'running' desc, id desc`,
    );
    return rows;
  }

  /**
   * Takes the run that another process has left, or else the oldest one requested. Those that an error interrupted come
   * last, and take turns.
   */
  async take(projections: readonly ProjectionName[], owner: string): Promise<TakenRun | undefined> {
    const known = [projections.map(({ name }) => name), projections.map(({ schema }) => schema)];
    await this.#failUnknown(known);
    const { rows } = await this.#pool.query<TakenRun>(
      `update projection_runs set state = 'running', owner = $3, attempts = attempts + 1, error = null,
         started_at = coalesce(started_at, now()),
         events = case kind when 'rebuild' then events else 0 end,
         position = case kind when 'rebuild' then position end
       -- The first condition is checked again after waiting for a cancellation that is just being written.
       where ended_at is null and id = (
         select id from projection_runs
         where ended_at is null and (projection, schema) in (select * from unnest($1::text[], $2::int[]))
         order by state = 'running' desc, interrupted_at nulls first, id limit 1
       )
       returning ${runColumns}, attempts`,
      [...known, owner],
    );
    return rows[0];
  }

  /** A run would otherwise start whenever its projection comes back. Projectors of two versions may be there for a while. */
  async #failUnknown(known: readonly unknown[]): Promise<void> {
    await this.#pool.query(
      `update projection_runs set state = 'failed', ended_at = now(), owner = null,
         error = 'no projector builds this projection any more'
       where ended_at is null and requested_at < now() - make_interval(hours => $3)
         and (projection, schema) not in (select * from unnest($1::text[], $2::int[]))`,
      [...known, unknownAfterHours],
    );
  }

  async start(id: number, owner: string, head: Position | undefined): Promise<boolean> {
    return this.#change(id, owner, 'head = $3', [head ?? null]);
  }

  /** False if it was cancelled, or another process has taken it. */
  async isPerformedBy(id: number, owner: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select from projection_runs where id = $1 and owner = $2 and state = 'running'`,
      [id, owner],
    );
    return rowCount === 1;
  }

  /** False if it was cancelled, or another process has taken it. */
  async report(id: number, owner: string, report: RunReport): Promise<boolean> {
    return this.#change(id, owner, `${reportSql}, attempts = ${attemptsSql}`, valuesAndAttempts(report));
  }

  /** Another process, or this one later, goes on with it. */
  async giveBack(id: number, owner: string, report: RunReport, { error, isCounted }: Interruption): Promise<boolean> {
    const released = `${reportSql}, state = 'requested', owner = null, attempts = ${attemptsSql} - $7, error = $8,
      interrupted_at = case when $8::text is null then interrupted_at else clock_timestamp() end`;
    const values = [...valuesAndAttempts(report), isCounted ? 0 : 1, error ?? null];
    return this.#change(id, owner, released, values);
  }

  async end(id: number, owner: string, report: RunReport, ended: RunEnd): Promise<boolean> {
    const { state, rows = null, differences = null, differencesShown = [], error = null } = ended;
    const isOurs = await this.#change(
      id,
      owner,
      `${reportSql}, state = $6, rows = $7, differences = $8, differences_shown = $9, error = $10, owner = null,
         ended_at = now()`,
      [...valuesOf(report), state, rows, differences, JSON.stringify(differencesShown), error],
      // One that was done before the projector noticed that it was cancelled, is done.
      state === 'done' ? ['running', 'cancelled'] : ['running'],
    );
    await this.#pool.query(
      `delete from projection_runs where id in (
         select id from projection_runs where ended_at is not null order by ended_at desc, id desc offset $1
       )`,
      [endedKeptMax],
    );
    return isOurs;
  }

  async #change(
    id: number,
    owner: string,
    change: string,
    values: readonly unknown[],
    from: readonly RunState[] = ['running'],
  ): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `update projection_runs set ${change} where id = $1 and owner = $2 and state = any($${values.length + 3})`,
      [id, owner, ...values, from],
    );
    return rowCount === 1;
  }
}

const reportSql = 'events = $3, position = coalesce($4, position), generation = coalesce($5, generation)';

const attemptsSql = 'case when $6 then 1 else attempts end';

function valuesAndAttempts(report: RunReport): unknown[] {
  return [...valuesOf(report), report.isFurther ?? false];
}

function valuesOf({ events, position, generation }: RunReport): unknown[] {
  return [events, position ?? null, generation ?? null];
}

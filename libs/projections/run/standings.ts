import type { EventCount, Position } from '#event-store';
import type { Pool } from '#platform';

/** The report of a worker on its progress. */
export interface Standing {
  readonly checkpoint: Position | undefined;
  /** Number of events not yet applied. */
  readonly lag: EventCount;
  /** Age of the oldest event not yet applied. */
  readonly lagSeconds: number;
  readonly eventsPerSecond: number;
  /** The last error; undefined after a success. */
  readonly error: Error | undefined;
}

/** The table of worker reports, for processes without access to the event store. */
export class Standings {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async report(work: string, { checkpoint, lag, lagSeconds, eventsPerSecond, error }: Standing): Promise<void> {
    await this.#pool.query({
      name: 'say-standing',
      text: `insert into projection_standings
          (work, checkpoint, lag_events, lag_is_all, lag_seconds, events_per_second, error)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (work) do update set checkpoint = excluded.checkpoint, lag_events = excluded.lag_events,
          lag_is_all = excluded.lag_is_all, lag_seconds = excluded.lag_seconds,
          events_per_second = excluded.events_per_second, error = excluded.error, said_at = now()`,
      values: [work, checkpoint ?? null, lag.events, lag.isAll, lagSeconds, eventsPerSecond, error?.message ?? null],
    });
  }

  /** The report if nothing else is known. */
  async reportError(work: string, error: Error): Promise<void> {
    await this.#pool.query(
      `insert into projection_standings (work, error) values ($1, $2)
       on conflict (work) do update set error = excluded.error, events_per_second = 0, said_at = now()`,
      [work, error.message],
    );
  }
}

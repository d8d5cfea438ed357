import type { EventCount, Position } from '#event-store';
import type { Pool } from '#platform';

/** How far a worker has come, as it says itself. */
export interface Standing {
  readonly checkpoint: Position | undefined;
  /** How many events it has not covered. */
  readonly lag: EventCount;
  /** Age of the oldest of them. */
  readonly lagSeconds: number;
  readonly eventsPerSecond: number;
  /** Why it could not go on the last time it tried; undefined once it could. */
  readonly error: Error | undefined;
}

/** Where workers leave word of how they stand, for those who cannot ask the event store. */
export class Standings {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async say(work: string, { checkpoint, lag, lagSeconds, eventsPerSecond, error }: Standing): Promise<void> {
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

  /** For when nothing else is known. */
  async complain(work: string, error: Error): Promise<void> {
    await this.#pool.query(
      `insert into projection_standings (work, error) values ($1, $2)
       on conflict (work) do update set error = excluded.error, events_per_second = 0, said_at = now()`,
      [work, error.message],
    );
  }
}

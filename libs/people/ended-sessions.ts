import { Listener, type Logger, type Pool } from '#platform';
import { endedChannel } from './session-rows.ts';

export interface EndedSessionsOptions {
  readonly url: string;
  readonly pool: Pool;
  /** How long Redis may report a session as live. */
  readonly cacheTtlSeconds: number;
  /** Maximum number of remembered sessions. */
  readonly countMax?: number;
  readonly log?: Logger;
  readonly now?: () => number;
}

/** Longer than a transaction that ends sessions, and than the difference between clocks. */
const slackMs = 60_000;
const countMaxDefault = 100_000;

/**
 * Receives notifications of ended sessions on one connection per process, and remembers them for as long as Redis could
 * report them as live: a Redis that was unavailable when a session ended still does. While notifications are
 * interrupted, the state is unknown.
 */
export class EndedSessions {
  readonly #options: EndedSessionsOptions;
  readonly #horizonMs: number;
  readonly #countMax: number;
  readonly #now: () => number;
  /** Session → time of its end, oldest first. */
  readonly #ended = new Map<string, number>();
  #incompleteUntil = 0;
  #isKnownLost = false;
  readonly #listener: Listener;

  constructor(options: EndedSessionsOptions) {
    this.#options = options;
    this.#horizonMs = options.cacheTtlSeconds * 1000 + slackMs;
    this.#countMax = options.countMax ?? countMaxDefault;
    this.#now = options.now ?? Date.now;
    this.#listener = new Listener({
      url: options.url,
      name: 'holdfast-sessions',
      channels: [endedChannel],
      hear: (_, sessionId) => this.#add(sessionId, this.#now()),
      catchUp: () => this.#load(),
      onLoss: (error) => this.#onLoss(error),
    });
  }

  /** Whether the session ended recently; undefined if PostgreSQL must be asked. */
  has(sessionId: string): boolean | undefined {
    if (this.#ended.has(sessionId)) return true;
    return this.#listener.isListening && this.#now() >= this.#incompleteUntil ? false : undefined;
  }

  async close(): Promise<void> {
    await this.#listener.close();
  }

  #add(sessionId: string, endedAt: number): void {
    if (!this.#ended.has(sessionId)) this.#ended.set(sessionId, endedAt);
    for (const [id, at] of this.#ended) {
      const isOld = at < this.#now() - this.#horizonMs;
      if (!isOld && this.#ended.size <= this.#countMax) break;
      this.#ended.delete(id);
      // Evicted too early: until its time has passed, a missing entry proves nothing. Rows read from the table may
      // arrive after newer notifications.
      if (!isOld) this.#incompleteUntil = Math.max(this.#incompleteUntil, at + this.#horizonMs);
    }
  }

  /** Sessions that ended before are in the table, and later ones are notified. */
  async #load(): Promise<void> {
    const { rows } = await this.#options.pool.query<{ id: string; age_ms: number }>(
      `select id, (extract(epoch from now() - ended_at) * 1000)::float8 as age_ms from ended_sessions
       where ended_at > now() - make_interval(secs => $1) order by ended_at desc limit $2`,
      [this.#horizonMs / 1000, this.#countMax + 1],
    );
    for (const { id, age_ms: ageMs } of rows.toReversed()) this.#add(id, this.#now() - ageMs);
    this.#isKnownLost = false;
  }

  #onLoss(error: unknown): void {
    if (!this.#isKnownLost)
      this.#options.log?.warn(
        { err: error },
        'notifications of ended sessions are interrupted: sessions are checked in PostgreSQL',
      );
    this.#isKnownLost = true;
  }
}

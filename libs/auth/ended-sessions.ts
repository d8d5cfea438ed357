import { Client } from 'pg';
import type { Logger, Pool } from '#platform';
import { endedChannel } from './session-rows.ts';

export interface EndedSessionsOptions {
  readonly url: string;
  readonly pool: Pool;
  /** How long Redis may say of a session that it is live. */
  readonly cacheTtlSeconds: number;
  /** How many are remembered. */
  readonly countMax?: number;
  readonly log?: Logger;
}

const rehangMs = 500;
const heartbeatMs = 1000;
const answerMsMax = 2000;
/** Longer than a transaction that ends sessions takes, and than clocks are apart. */
const slackMs = 60_000;
const countMaxDefault = 100_000;

/**
 * Hears sessions end, on one connection for the process, and remembers them for as long as Redis could call them live:
 * a Redis that was away when a session ended still says so. While it cannot hear, it says that it does not know.
 */
export class EndedSessions {
  readonly #options: EndedSessionsOptions;
  readonly #horizonMs: number;
  readonly #countMax: number;
  /** When each ended, the oldest first. */
  readonly #ended = new Map<string, number>();
  #incompleteUntil = 0;
  #client: Client | undefined;
  /** When the connection was last known to be there, on the monotonic clock. */
  #heardAt: number | undefined;
  #isKnownLost = false;
  readonly #heart: NodeJS.Timeout;
  #closed = false;

  constructor(options: EndedSessionsOptions) {
    this.#options = options;
    this.#horizonMs = options.cacheTtlSeconds * 1000 + slackMs;
    this.#countMax = options.countMax ?? countMaxDefault;
    this.#heart = setInterval(() => void this.#beat(), heartbeatMs).unref();
    this.#listen();
  }

  /** Whether the session has ended lately; undefined when PostgreSQL must be asked. */
  has(sessionId: string): boolean | undefined {
    if (this.#ended.has(sessionId)) return true;
    return this.#isListening() && Date.now() >= this.#incompleteUntil ? false : undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heart);
    await this.#client?.end().catch(() => undefined);
  }

  #isListening(): boolean {
    return this.#heardAt !== undefined && performance.now() - this.#heardAt < heartbeatMs + answerMsMax;
  }

  #add(sessionId: string, endedAt: number): void {
    if (!this.#ended.has(sessionId)) this.#ended.set(sessionId, endedAt);
    for (const [id, at] of this.#ended) {
      const isOld = at < Date.now() - this.#horizonMs;
      if (!isOld && this.#ended.size <= this.#countMax) break;
      this.#ended.delete(id);
      // Forgotten before its time: until that has come, not to be here proves nothing.
      if (!isOld) this.#incompleteUntil = at + this.#horizonMs;
    }
  }

  #listen(): void {
    if (this.#closed) return;
    const client = new Client({
      connectionString: this.#options.url,
      application_name: 'holdfast-sessions',
      connectionTimeoutMillis: answerMsMax,
      query_timeout: answerMsMax,
      keepAlive: true,
    });
    this.#client = client;
    client.on('error', (error) => this.#lose(client, error)).on('end', () => this.#lose(client));
    client.on('notification', ({ payload = '' }) => this.#add(payload, Date.now()));
    void this.#hang(client);
  }

  async #hang(client: Client): Promise<void> {
    try {
      await client.connect();
      const startedAt = performance.now();
      // Those that ended before are in the table, and those that end from here on are heard.
      await client.query(`listen ${endedChannel}`);
      await this.#load();
      if (client !== this.#client) return;
      this.#heardAt = startedAt;
      this.#isKnownLost = false;
    } catch (error) {
      this.#lose(client, error);
    }
  }

  async #load(): Promise<void> {
    const { rows } = await this.#options.pool.query<{ id: string; age_ms: number }>(
      `select id, (extract(epoch from now() - ended_at) * 1000)::float8 as age_ms from ended_sessions
       where ended_at > now() - make_interval(secs => $1) order by ended_at desc limit $2`,
      [this.#horizonMs / 1000, this.#countMax + 1],
    );
    for (const { id, age_ms: ageMs } of rows.toReversed()) this.#add(id, Date.now() - ageMs);
  }

  /** A connection can be dead without a word: silence is a loss, too. */
  async #beat(): Promise<void> {
    const client = this.#client;
    if (client === undefined || this.#heardAt === undefined) return;
    const askedAt = performance.now();
    try {
      await client.query('select');
      if (client === this.#client) this.#heardAt = askedAt;
    } catch (error) {
      this.#lose(client, error);
    }
  }

  #lose(client: Client, error?: unknown): void {
    if (client !== this.#client || this.#closed) return;
    if (!this.#isKnownLost) this.#options.log?.warn({ err: error }, 'does not hear sessions end: PostgreSQL is asked');
    this.#isKnownLost = true;
    this.#client = undefined;
    this.#heardAt = undefined;
    client.end().catch(() => undefined);
    setTimeout(() => this.#listen(), rehangMs).unref();
  }
}

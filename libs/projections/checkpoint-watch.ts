import { Client } from 'pg';
import { comparePositions, isPosition, type Position } from '#event-store';
import type { Pool } from '#platform';
import type { ProjectionName } from './projection.ts';
import { checkpointChannel, parkedChannel } from './channels.ts';
import { viewOf } from './tables.ts';

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly arrived: () => void;
}

const rehangMs = 500;
const waitersMax = 10_000;

/**
 * Hears checkpoints move, so that a query can wait for a write without asking the database over and over. One connection
 * for the process; while it is lost, nobody is told of progress, and after it is back everybody's position is read again.
 */
export class CheckpointWatch {
  readonly #url: string;
  readonly #pool: Pool;
  readonly #seen = new Map<string, Position>();
  #parked: ReadonlySet<string> = new Set();
  readonly #waiters = new Set<Waiter>();
  #client: Client | undefined;
  #closed = false;

  constructor(url: string, pool: Pool) {
    this.#url = url;
    this.#pool = pool;
    this.#listen();
  }

  /** Whether the projection has come as far as the position, within the time given. Throws for another store's position. */
  async reached(projection: ProjectionName, position: Position, timeoutMs: number): Promise<boolean> {
    const view = viewOf(projection);
    if (this.#isThere(view, position)) return true;
    if (this.#waiters.size >= waitersMax) return false;
    // What moved before anybody listened is known from the table alone.
    if (!this.#seen.has(view)) {
      await this.#readAll();
      if (this.#isThere(view, position)) return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const waiter: Waiter = { view, position, arrived: () => resolve(true) };
    this.#waiters.add(waiter);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiters.delete(waiter);
    }
  }

  /** Whether a stream waits for a mend: what was written to it lately is not to be seen, however long one waits. */
  isParked(projection: ProjectionName, stream: string): boolean {
    return this.#parked.has(`${viewOf(projection)} ${stream}`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end().catch(() => undefined);
  }

  #isThere(view: string, position: Position): boolean {
    const seen = this.#seen.get(view);
    return seen !== undefined && comparePositions(seen, position) >= 0;
  }

  #see(view: string, position: Position): void {
    this.#seen.set(view, position);
    for (const waiter of this.#waiters) if (waiter.view === view && position >= waiter.position) waiter.arrived();
  }

  async #readAll(): Promise<void> {
    const { rows } = await this.#pool.query<{ name: string; schema: number; checkpoint: Position }>(
      `select name, schema, checkpoint from projections where checkpoint is not null and state = 'live'`,
    );
    for (const { checkpoint, ...projection } of rows) this.#see(viewOf(projection), checkpoint);
  }

  async #readParked(): Promise<void> {
    const { rows } = await this.#pool.query<{ name: string; schema: number; stream: string }>(
      'select name, schema, stream from parked_streams',
    );
    this.#parked = new Set(rows.map(({ stream, ...projection }) => `${viewOf(projection)} ${stream}`));
  }

  #listen(): void {
    if (this.#closed) return;
    const client = new Client({
      connectionString: this.#url,
      application_name: 'holdfast-checkpoints',
      keepAlive: true,
    });
    this.#client = client;
    let lost = false;
    const onLoss = (): void => {
      if (lost) return;
      lost = true;
      setTimeout(() => this.#listen(), rehangMs).unref();
    };
    client.on('error', onLoss).on('end', onLoss);
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === parkedChannel) {
        this.#readParked().catch(() => undefined);
        return;
      }
      const [view = '', position = ''] = payload.split(' ');
      if (isPosition(position)) this.#see(view, position);
    });
    client
      .connect()
      .then(() => client.query(`listen ${checkpointChannel}; listen ${parkedChannel}`))
      .then(() => Promise.all([this.#readAll(), this.#readParked()]))
      .catch(() => {
        client.end().catch(() => undefined);
        onLoss();
      });
  }
}

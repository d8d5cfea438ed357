import pg from 'pg';
import { Bell } from '../bell.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import { connectionOptions, hangUp, within } from './connections.ts';
import { appendedChannel } from './migrations.ts';

/** LISTENs for appends on a connection of its own. */
export class Doorbell {
  readonly #bell = new Bell(() => this.#listen());
  readonly #options: pg.ClientConfig;
  readonly #endWithinMs: number;
  #client: pg.Client | undefined;

  constructor(url: string, timeouts: StoreTimeouts) {
    this.#options = connectionOptions(url, 'holdfast-doorbell', timeouts);
    this.#endWithinMs = timeouts.connectMs;
  }

  onRing(ring: () => void): () => void {
    return this.#bell.onRing(ring);
  }

  async close(): Promise<void> {
    this.#bell.close();
    const client = this.#client;
    if (client === undefined) return;
    await within(this.#endWithinMs, client.end(), () => hangUp(client)).catch(() => undefined);
  }

  async #listen(): Promise<void> {
    const client = new pg.Client(this.#options);
    this.#client = client;
    const onLoss = (): void => this.#lost(client);
    client.on('error', onLoss).on('end', onLoss);
    client.on('notification', () => this.#bell.ring());
    try {
      await client.connect();
      await client.query(`listen ${appendedChannel}`);
      this.#bell.hung();
    } catch {
      this.#lost(client);
    }
  }

  /** An error, the end and a refused LISTEN may all tell of one loss. */
  #lost(client: pg.Client): void {
    if (this.#client !== client || this.#bell.isClosed) return;
    this.#client = undefined;
    client.end().catch(() => undefined);
    this.#bell.lost();
  }
}

import pg from 'pg';
import type { StoreTimeouts } from '../timeouts.ts';
import { connectionOptions } from './connections.ts';
import { appendedChannel } from './migrations.ts';

const firstRehangMs = 20;
const rehangMsMax = 1000;

/** LISTENs for appends on a connection of its own; a lost one is hung again, and rings then, since it may have missed some. */
export class Doorbell {
  readonly #url: string;
  readonly #timeouts: StoreTimeouts;
  readonly #rings = new Set<{ ring: () => void }>();
  #client: pg.Client | undefined;
  #rehang: NodeJS.Timeout | undefined;
  #losses = 0;
  #listening = false;
  #closed = false;

  constructor(url: string, timeouts: StoreTimeouts) {
    this.#url = url;
    this.#timeouts = timeouts;
  }

  onRing(ring: () => void): () => void {
    const hung = { ring };
    this.#rings.add(hung);
    if (this.#listening) queueMicrotask(ring);
    else if (this.#client === undefined && this.#rehang === undefined) this.#hang();
    return () => void this.#rings.delete(hung);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rings.clear();
    clearTimeout(this.#rehang);
    await this.#client?.end().catch(() => undefined);
  }

  #hang(): void {
    this.#rehang = undefined;
    const client = new pg.Client(connectionOptions(this.#url, 'holdfast-doorbell', this.#timeouts));
    this.#client = client;
    const onLoss = (): void => this.#lost(client);
    client.on('error', onLoss).on('end', onLoss);
    client.on('notification', () => this.#ring());
    this.#listen(client).catch(onLoss);
  }

  async #listen(client: pg.Client): Promise<void> {
    await client.connect();
    await client.query(`listen ${appendedChannel}`);
    this.#losses = 0;
    this.#listening = true;
    this.#ring();
  }

  /** An error, the end and a refused LISTEN may all tell of one loss. */
  #lost(client: pg.Client): void {
    if (this.#client !== client || this.#closed) return;
    this.#client = undefined;
    this.#listening = false;
    client.end().catch(() => undefined);
    const longest = Math.min(firstRehangMs * 2 ** this.#losses, rehangMsMax);
    this.#losses += 1;
    this.#rehang = setTimeout(() => this.#hang(), longest * (0.5 + Math.random() / 2)).unref();
  }

  #ring(): void {
    for (const { ring } of this.#rings) ring();
  }
}

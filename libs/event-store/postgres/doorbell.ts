import pg from 'pg';
import { appendedChannel } from './migrations.ts';

const rehangMsMax = 1000;

/** LISTENs for appends on a connection of its own; a lost one is hung again, and rings then, since it may have missed some. */
export class Doorbell {
  readonly #url: string;
  readonly #rings = new Set<() => void>();
  #client: pg.Client | undefined;
  #closed = false;
  #attempt = 0;

  constructor(url: string) {
    this.#url = url;
  }

  onRing(ring: () => void): () => void {
    this.#rings.add(ring);
    if (this.#client === undefined) this.#hang();
    return () => void this.#rings.delete(ring);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rings.clear();
    await this.#client?.end().catch(() => undefined);
  }

  #hang(): void {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'holdfast-doorbell',
      keepAlive: true,
    });
    this.#client = client;
    let lost = false;
    const onLoss = (): void => {
      if (lost || this.#closed) return;
      lost = true;
      this.#attempt += 1;
      setTimeout(() => this.#closed || this.#hang(), Math.min(20 * 2 ** this.#attempt, rehangMsMax)).unref();
    };
    client.on('error', onLoss).on('end', onLoss);
    client.on('notification', () => this.#ring());
    client
      .connect()
      .then(() => client.query(`listen ${appendedChannel}`))
      .then(() => {
        this.#attempt = 0;
        this.#ring();
      })
      .catch(() => {
        client.end().catch(() => undefined);
        onLoss();
      });
  }

  #ring(): void {
    for (const ring of this.#rings) ring();
  }
}

import { Client } from 'pg';
import { endWithin, hangUp, lineConfig } from './line.ts';

export interface ListenerOptions {
  readonly url: string;
  readonly name: string;
  readonly channels: readonly string[];
  readonly hear: (channel: string, payload: string) => void;
  /** Called after each (re)connection to read what was missed; later changes are notified. */
  readonly catchUp: () => Promise<void>;
  readonly onLoss?: (error: unknown) => void;
}

const rehangMs = 500;
const heartbeatMs = 1000;
const answerMsMax = 2000;

/** LISTENs on a dedicated connection, and reconnects when it is lost. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #heart: NodeJS.Timeout;
  #client: Client | undefined;
  /** When the connection was last known to be alive, on the monotonic clock. */
  #heardAt: number | undefined;
  #isAsking = false;
  #isClosed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#heart = setInterval(() => void this.#beat(), heartbeatMs).unref();
    this.#listen();
  }

  /** Whether no notification can have been missed. */
  get isListening(): boolean {
    return this.#heardAt !== undefined && performance.now() - this.#heardAt < heartbeatMs + answerMsMax;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#heart);
    if (this.#client !== undefined) await endWithin(answerMsMax, this.#client);
  }

  #listen(): void {
    if (this.#isClosed) return;
    const { url, name, hear } = this.#options;
    const client = new Client(lineConfig(url, name, { connectMs: answerMsMax, answerMs: answerMsMax }));
    this.#client = client;
    client.on('error', (error) => this.#lose(client, error)).on('end', () => this.#lose(client));
    client.on('notification', ({ channel, payload = '' }) => hear(channel, payload));
    void this.#hang(client);
  }

  async #hang(client: Client): Promise<void> {
    try {
      await client.connect();
      const startedAt = performance.now();
      await client.query(this.#options.channels.map((channel) => `listen ${channel}`).join('; '));
      await this.#options.catchUp();
      if (client === this.#client) this.#heardAt = startedAt;
    } catch (error) {
      this.#lose(client, error);
    }
  }

  /** A connection can die without an error, so silence counts as a loss. */
  async #beat(): Promise<void> {
    const client = this.#client;
    // One query at a time, as the driver requires.
    if (client === undefined || this.#heardAt === undefined || this.#isAsking) return;
    const askedAt = performance.now();
    this.#isAsking = true;
    try {
      await client.query('select');
      if (client === this.#client) this.#heardAt = askedAt;
    } catch (error) {
      this.#lose(client, error);
    } finally {
      this.#isAsking = false;
    }
  }

  #lose(client: Client, error?: unknown): void {
    if (client !== this.#client || this.#isClosed) return;
    this.#client = undefined;
    this.#heardAt = undefined;
    this.#options.onLoss?.(error);
    hangUp(client);
    setTimeout(() => this.#listen(), rehangMs).unref();
  }
}

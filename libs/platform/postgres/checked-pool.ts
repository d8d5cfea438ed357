import { Pool, type ClientBase, type PoolClient, type PoolConfig } from 'pg';
import { askWithin, hangUp, isUnanswered } from './line.ts';

type Done = (error?: Error | boolean) => void;
type Callback = (error: Error | undefined, client: PoolClient | undefined, done: Done) => void;

/** A connection idle for longer than this is checked before use. */
const unheardMsMax = 1000;
const wordMsMax = 1000;

/**
 * A pool that recovers from connections that go silent without being closed, for example behind a firewall that lost
 * its state. An idle connection is checked before use; if one does not answer, the other idle ones are dropped too.
 */
export class CheckedPool extends Pool {
  readonly #heardAt = new WeakMap<ClientBase, number>();
  readonly #open = new Set<ClientBase>();
  readonly #idle = new Set<ClientBase>();
  readonly #endWithinMs: number;

  constructor(config: PoolConfig & { connectionTimeoutMillis: number }) {
    super(config);
    this.#endWithinMs = config.connectionTimeoutMillis;
    this.on('connect', (client) => {
      this.#open.add(client);
      this.#heardAt.set(client, performance.now());
    });
    this.on('acquire', (client) => this.#idle.delete(client));
    this.on('release', (error: unknown, client) => this.#takeBack(client, error));
    this.on('remove', (client) => {
      this.#open.delete(client);
      this.#idle.delete(client);
    });
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<PoolClient> | undefined {
    const lent = this.#lend();
    if (callback === undefined) return lent;
    void callBack(lent, callback);
    return undefined;
  }

  /** Ends within a time limit even if the server does not respond. */
  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    setTimeout(() => this.#open.forEach(hangUp), this.#endWithinMs).unref();
    if (callback === undefined) return super.end();
    super.end(callback);
    return undefined;
  }

  async #lend(): Promise<PoolClient> {
    for (;;) {
      const client = await super.connect();
      const unheardMs = performance.now() - (this.#heardAt.get(client) ?? -Infinity);
      if (unheardMs < unheardMsMax || (await this.#answers(client))) return client;
    }
  }

  /** A connection that does not answer is dropped. */
  async #answers(client: PoolClient): Promise<boolean> {
    try {
      await askWithin(wordMsMax, client, 'select');
      return true;
    } catch (error) {
      client.release(error as Error);
      return false;
    }
  }

  #takeBack(client: ClientBase, error: unknown): void {
    if (isUnanswered(error)) this.#idle.forEach((idle) => this.#drop(idle));
    if (error) return;
    this.#heardAt.set(client, performance.now());
    this.#idle.add(client);
  }

  /** It is not used again, although its end event comes later. */
  #drop(idle: ClientBase): void {
    this.#heardAt.delete(idle);
    hangUp(idle);
  }
}

/** The same signature as in the pool of the driver. */
async function callBack(lent: Promise<PoolClient>, callback: Callback): Promise<void> {
  let client: PoolClient;
  try {
    client = await lent;
  } catch (error) {
    callback(error as Error, undefined, () => undefined);
    return;
  }
  callback(undefined, client, (error) => client.release(error));
}

import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Metadata } from '@grpc/grpc-js';
import { StoreUnavailable } from '../errors.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import type { Address, Endpoint } from './address.ts';
import { Discovery } from './discovery.ts';
import { leaderNamedBy, spoilsConnection } from './failures.ts';

/** The way to the server that leads; replaced by another whenever it fails. */
export class Connection {
  readonly #address: Address;
  readonly #timeouts: StoreTimeouts;
  readonly #discovery: Discovery;
  readonly #retired = new WeakSet<StreamsClient>();
  #current: Promise<StreamsClient> | undefined;
  #named: Endpoint | undefined;
  #closed = false;

  constructor(address: Address, timeouts: StoreTimeouts) {
    this.#address = address;
    this.#timeouts = timeouts;
    this.#discovery = new Discovery(address);
  }

  get headers(): Metadata {
    return this.#address.headers;
  }

  /** Shared by all who ask; one that could not be made is forgotten, so that the next who asks tries anew. */
  client(): Promise<StreamsClient> {
    if (this.#closed) throw new Error('the event store is closed');
    this.#current ??= this.#open().catch((error: unknown) => {
      this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  /** A client whose connection stands: what is written to it now was not refused before it was sent. */
  async readyClient(): Promise<StreamsClient> {
    const client = await this.client();
    try {
      await new Promise<void>((resolve, reject) => {
        client.waitForReady(Date.now() + this.#timeouts.connectMs, (error) => (error ? reject(error) : resolve()));
      });
      if (this.#retired.has(client)) throw new Error('it was replaced in the meantime');
      return client;
    } catch (error) {
      // Also once more: a client that was closed while it was waited for has come back to life.
      this.replace(client);
      throw new StoreUnavailable(`EventStoreDB could not be reached within ${this.#timeouts.connectMs} ms`, {
        cause: error,
      });
    }
  }

  /** Starts a call; nothing is sent on a connection that was replaced just now. */
  begin<Call>(start: () => Call): Call {
    try {
      return start();
    } catch (error) {
      throw new StoreUnavailable('the connection to EventStoreDB was replaced in the meantime', { cause: error });
    }
  }

  /** Takes note of how a call ended. Calls that are under way on the same connection go on. */
  failed(client: StreamsClient, error: unknown): void {
    if (!spoilsConnection(error)) return;
    this.#named = leaderNamedBy(error);
    this.replace(client);
  }

  replace(client: StreamsClient): void {
    this.#retired.add(client);
    client.close();
    this.#current?.then(
      (current) => current === client && (this.#current = undefined),
      () => undefined,
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#current?.catch(() => undefined);
    if (client !== undefined) this.replace(client);
  }

  async #open(): Promise<StreamsClient> {
    const { seeds, discovers, credentials, channelOptions } = this.#address;
    const named = this.#named;
    this.#named = undefined;
    const endpoint = named ?? (discovers ? await this.#discovery.findLeader(this.#timeouts.connectMs) : seeds[0]);
    if (endpoint === undefined) throw new Error('the URL of the event store has no host');
    return new StreamsClient(`${endpoint.address}:${endpoint.port}`, credentials, channelOptions);
  }
}

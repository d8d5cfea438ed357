import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Metadata } from '@grpc/grpc-js';
import { StoreUnavailable } from '../errors.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import type { Address, Endpoint } from './address.ts';
import { Discovery } from './discovery.ts';
import { leaderNamedBy, spoilsConnection } from './failures.ts';

/** The connection to the leader; replaced when it fails. */
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

  /** Shared by all callers; a failed attempt is dropped, so that the next caller tries again. */
  client(): Promise<StreamsClient> {
    if (this.#closed) throw new Error('the event store is closed');
    this.#current ??= this.#open().catch((error: unknown) => {
      this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  /** A connected client, so that a failing call is known to have been sent. */
  async readyClient(): Promise<StreamsClient> {
    const client = await this.client();
    try {
      await new Promise<void>((resolve, reject) => {
        client.waitForReady(Date.now() + this.#timeouts.connectMs, (error) => (error ? reject(error) : resolve()));
      });
      if (this.#retired.has(client)) throw new Error('it was replaced in the meantime');
      return client;
    } catch (error) {
      // Closed once more: a client that is closed while waiting for its connection reconnects.
      this.replace(client);
      throw new StoreUnavailable(`EventStoreDB could not be reached within ${this.#timeouts.connectMs} ms`, {
        cause: error,
      });
    }
  }

  /** Starts a call; nothing is sent if the connection was just replaced. */
  begin<Call>(start: () => Call): Call {
    try {
      return start();
    } catch (error) {
      throw new StoreUnavailable('the connection to EventStoreDB was replaced in the meantime', { cause: error });
    }
  }

  /** Handles the end of a call. Other calls on the same connection continue. */
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

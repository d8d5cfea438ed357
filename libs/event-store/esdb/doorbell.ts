import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import { Bell } from '../bell.ts';
import type { Connection } from './connection.ts';
import { subscriptionRequest } from './read-requests.ts';

/** A subscription used only as a notification; the server drops it after a burst of events. */
export class Doorbell {
  readonly #bell = new Bell(() => this.#subscribe());
  readonly #connection: Connection;
  #call: ClientReadableStream<ReadResp> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  onRing(ring: () => void): () => void {
    return this.#bell.onRing(ring);
  }

  close(): void {
    this.#bell.close();
    this.#call?.cancel();
  }

  async #subscribe(): Promise<void> {
    const client = await this.#connection.client();
    if (this.#bell.isClosed) return;
    const { headers } = this.#connection;
    const call = this.#connection.begin(() => client.read(subscriptionRequest(), headers));
    this.#call = call;
    call.on('data', (response: ReadResp) => this.#hear(response));
    call.on('error', (error) => this.#dropped(client, call, error));
    call.on('end', () => this.#dropped(client, call, undefined));
  }

  #hear(response: ReadResp): void {
    if (response.hasConfirmation()) this.#bell.hung();
    else if (response.hasEvent()) this.#bell.ring();
  }

  #dropped(client: StreamsClient, call: ClientReadableStream<ReadResp>, error: Error | undefined): void {
    if (this.#call !== call) return;
    this.#call = undefined;
    // "Too slow" concerns only this subscription; the connection is healthy.
    if (error !== undefined && !error.message.includes('too slow')) this.#connection.failed(client, error);
    this.#bell.lost();
  }
}

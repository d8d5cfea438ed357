import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import type { Connection } from './connection.ts';
import { subscriptionRequest } from './read-requests.ts';

const firstRehangMs = 20;
const rehangMsMax = 1000;

/** A subscription that only rings. The server drops it after each burst; it is hung again, and rings then. */
export class Doorbell {
  readonly #connection: Connection;
  readonly #rings = new Set<{ ring: () => void }>();
  #call: ClientReadableStream<ReadResp> | undefined;
  #rehang: NodeJS.Timeout | undefined;
  #hanging = false;
  #listening = false;
  #losses = 0;
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  onRing(ring: () => void): () => void {
    const hung = { ring };
    this.#rings.add(hung);
    if (this.#listening) queueMicrotask(ring);
    else if (!this.#hanging) this.#hang();
    return () => void this.#rings.delete(hung);
  }

  close(): void {
    this.#closed = true;
    this.#rings.clear();
    clearTimeout(this.#rehang);
    this.#call?.cancel();
  }

  #hang(): void {
    this.#hanging = true;
    this.#subscribe().catch(() => this.#lost());
  }

  async #subscribe(): Promise<void> {
    const client = await this.#connection.client();
    if (this.#closed) return;
    const call = client.read(subscriptionRequest(), this.#connection.headers);
    this.#call = call;
    call.on('data', (response: ReadResp) => this.#hear(response));
    call.on('error', (error) => this.#dropped(client, call, error));
    call.on('end', () => this.#dropped(client, call, undefined));
  }

  #hear(response: ReadResp): void {
    if (response.hasConfirmation()) {
      this.#listening = true;
      this.#losses = 0;
    }
    if (response.hasConfirmation() || response.hasEvent()) for (const { ring } of this.#rings) ring();
  }

  #dropped(client: StreamsClient, call: ClientReadableStream<ReadResp>, error: Error | undefined): void {
    if (this.#call !== call) return;
    this.#call = undefined;
    // Being too slow is this subscription’s own affair; the connection is sound.
    if (error !== undefined && !error.message.includes('too slow')) this.#connection.failed(client, error);
    this.#lost();
  }

  #lost(): void {
    if (this.#closed) return;
    this.#listening = false;
    const longest = Math.min(firstRehangMs * 2 ** this.#losses, rehangMsMax);
    this.#losses += 1;
    this.#rehang = setTimeout(() => this.#hang(), longest * (0.5 + Math.random() / 2)).unref();
  }
}

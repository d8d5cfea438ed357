import { once } from 'node:events';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerErrorResponse, ServerWritableStream } from '@grpc/grpc-js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** A read call with back-pressure that ends when its client disconnects. */
export class PacedCall {
  readonly #call: ReadCall;
  readonly #gone = new AbortController();

  constructor(call: ReadCall) {
    this.#call = call;
    call.on('error', () => this.#gone.abort());
    call.on('cancelled', () => this.#gone.abort());
    call.on('close', () => this.#gone.abort());
  }

  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  async write(message: ReadResp): Promise<void> {
    this.signal.throwIfAborted();
    if (!this.#call.write(message)) await once(this.#call, 'drain', { signal: this.signal });
  }

  async writeAll(messages: Iterable<ReadResp>): Promise<void> {
    for (const message of messages) await this.write(message);
    this.#call.end();
  }

  fail(error: ServerErrorResponse): void {
    if (!this.signal.aborted) this.#call.emit('error', error);
  }
}

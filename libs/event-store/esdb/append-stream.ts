import { randomUUID } from 'node:crypto';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import { OutcomeUnknown } from '../errors.ts';

interface Pending {
  readonly answered: (response: BatchAppendResp) => void;
  readonly failed: (error: Error) => void;
  readonly expiry: NodeJS.Timeout;
}

/**
 * A long-lived batch call with many appends, answered in any order. The official client has one too, but a late or
 * duplicate answer ends the process; here it is ignored.
 */
export class AppendStream {
  readonly client: StreamsClient;
  readonly #call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly #answerMs: number;
  readonly #pending = new Map<string, Pending>();
  #over: Error | undefined;

  constructor(client: StreamsClient, headers: Metadata, answerMs: number, onEnd: (error: Error) => void) {
    this.client = client;
    this.#answerMs = answerMs;
    this.#call = client.batchAppend(headers);
    const end = (error: Error): void => {
      if (this.#over !== undefined) return;
      this.#over = error;
      onEnd(error);
      for (const id of this.#pending.keys()) this.#take(id)?.failed(error);
    };
    this.#call.on('data', (response: BatchAppendResp) => this.#hear(response));
    this.#call.on('error', end);
    this.#call.on('end', () => end(new Error('EventStoreDB ended the call')));
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /** Every failure is OutcomeUnknown, because the append may have been sent. */
  ask(request: (correlationId: string) => BatchAppendReq): Promise<BatchAppendResp> {
    const id = randomUUID();
    return new Promise((answered, reject) => {
      const failed = (cause: Error): void =>
        reject(new OutcomeUnknown(`the answer was lost: ${cause.message}`, { cause }));
      const expiry = setTimeout(() => {
        this.#pending.delete(id);
        failed(new Error(`no answer within ${this.#answerMs} ms`));
      }, this.#answerMs);
      this.#pending.set(id, { answered, failed, expiry });
      if (this.#over === undefined) this.#call.write(request(id));
      else this.#take(id)?.failed(this.#over);
    });
  }

  /** Accepts no more appends; pending ones are still answered. */
  finish(): void {
    if (this.#over === undefined) this.#call.end();
  }

  cancel(): void {
    this.#call.cancel();
  }

  #hear(response: BatchAppendResp): void {
    this.#take(response.getCorrelationId()?.getString() ?? '')?.answered(response);
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.expiry);
    return pending;
  }
}

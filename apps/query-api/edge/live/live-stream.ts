import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller } from '#people';
import { frame, heartbeat, idFrame } from './frames.ts';

/** What is sent at once. Events of different keys are about different rows; of one key, only the last matters. */
export interface Batch {
  readonly events: readonly (readonly [key: string, json: string])[];
  /** Once all events were sent, the client has come as far as this. */
  readonly id: string;
  /** Replaces everything that was sent before; sent ahead of the events. */
  readonly reset?: string;
}

/** A batch as it is written, made once for all who get it. */
export class Sent implements Batch {
  readonly events: Batch['events'];
  readonly id: string;
  readonly reset?: string;
  #bytes: Buffer | undefined;
  #chunk: Buffer | undefined;

  constructor({ events, id, reset }: Batch) {
    this.events = events;
    this.id = id;
    if (reset !== undefined) this.reset = reset;
  }

  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(textOf(this)));
  }

  get chunk(): Buffer {
    return (this.#chunk ??= chunkOf(this.bytes));
  }
}

/** Only the last event has the id, because a client that has fewer of them is to get them again. */
function textOf({ events, id, reset }: Batch): string {
  const last = events.length - 1;
  const head = reset === undefined ? '' : frame(reset, { event: 'reset', ...(last < 0 ? { id } : {}) });
  if (last < 0 && reset === undefined) return idFrame(id);
  return head + events.map(([, json], index) => frame(json, index === last ? { id } : {})).join('');
}

/** As HTTP/1.1 frames a part of an answer whose length is not known. */
function chunkOf(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** Of a stream that ends with its session. */
export interface Owner {
  readonly caller: Caller;
  /** When its token or key expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface StreamMetrics {
  readonly events: { inc(count: number): void };
}

const pendingEventsMax = 5000;
const heartbeatChunk = chunkOf(heartbeat);

/**
 * One open stream. Nothing is written to a client that does not read: what it should get meanwhile waits here, of each
 * row the last.
 */
export class LiveStream {
  readonly owner: Owner | undefined;
  readonly #response: ServerResponse;
  /** Undefined if the answer is not chunked, or waits for another on its connection. */
  readonly #socket: Socket | undefined;
  readonly #metrics: StreamMetrics;
  readonly #pending = new Map<string, string>();
  #pendingId: string | undefined;
  #pendingReset: string | undefined;
  /** Since when the client has not read; undefined if it reads. */
  #blockedAt: number | undefined;
  #isOver = false;

  constructor(response: ServerResponse, metrics: StreamMetrics, owner: Owner | undefined) {
    this.#response = response;
    this.#metrics = metrics;
    this.owner = owner;
    this.#socket = response.chunkedEncoding ? (response.socket ?? undefined) : undefined;
    const source = this.#socket ?? response;
    source.on('drain', this.#drain);
    response.once('close', () => source.off('drain', this.#drain));
  }

  /** For how long the client has not read what was written, in milliseconds. */
  blockedMs(now: number): number {
    return this.#blockedAt === undefined ? 0 : now - this.#blockedAt;
  }

  get hasTooMuch(): boolean {
    return this.#pending.size > pendingEventsMax;
  }

  send(batch: Sent): void {
    if (this.#isOver) return;
    if (this.#blockedAt === undefined) {
      this.#metrics.events.inc(Math.max(batch.events.length, 1));
      return this.#write(batch);
    }
    if (batch.reset !== undefined) {
      this.#pending.clear();
      this.#pendingReset = batch.reset;
    }
    for (const [key, json] of batch.events) this.#pending.set(key, json);
    this.#pendingId = batch.id;
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    this.#write({ bytes, chunk: chunkOf(bytes) });
  }

  beat(): void {
    if (this.#blockedAt === undefined) this.#write({ bytes: heartbeat, chunk: heartbeatChunk });
  }

  /** Says why, if a reason is given, and closes. */
  end(code?: string): void {
    if (this.#isOver) return;
    const isRead = this.#blockedAt === undefined;
    if (code !== undefined) this.write(frame(JSON.stringify({ code }), { event: 'end' }));
    this.#isOver = true;
    // Who does not read would keep the connection open.
    if (!isRead) return void this.#response.destroy();
    this.#response.end();
    // Should the client not read this either, it is dropped.
    this.#blockedAt = performance.now();
  }

  drop(): void {
    this.#isOver = true;
    this.#response.destroy();
  }

  /** The same chunk is written to all: it would cost twice as much if each response framed its own. */
  #write({ bytes, chunk }: Pick<Sent, 'bytes' | 'chunk'>): void {
    if (this.#isOver || this.#response.destroyed) return;
    const isTaken = this.#socket === undefined ? this.#response.write(bytes) : this.#socket.write(chunk);
    if (!isTaken) this.#blockedAt ??= performance.now();
  }

  readonly #drain = (): void => {
    this.#blockedAt = undefined;
    const id = this.#pendingId;
    if (id === undefined) return;
    const reset = this.#pendingReset;
    const batch = new Sent({ events: [...this.#pending], id, ...(reset === undefined ? {} : { reset }) });
    this.#pending.clear();
    this.#pendingId = undefined;
    this.#pendingReset = undefined;
    this.send(batch);
  };
}

import type { ServerResponse } from 'node:http';
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

  constructor({ events, id, reset }: Batch) {
    this.events = events;
    this.id = id;
    if (reset !== undefined) this.reset = reset;
  }

  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(textOf(this)));
  }
}

/** Only the last event has the id, because a client that has fewer of them is to get them again. */
function textOf({ events, id, reset }: Batch): string {
  const last = events.length - 1;
  const head = reset === undefined ? '' : frame(reset, { event: 'reset', ...(last < 0 ? { id } : {}) });
  if (last < 0 && reset === undefined) return idFrame(id);
  return head + events.map(([, json], index) => frame(json, index === last ? { id } : {})).join('');
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

/**
 * One open stream. Nothing is written to a client that does not read: what it should get meanwhile waits here, of each
 * row the last.
 */
export class LiveStream {
  readonly owner: Owner | undefined;
  readonly #response: ServerResponse;
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
    response.on('drain', () => this.#drain());
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
      return this.write(batch.bytes);
    }
    if (batch.reset !== undefined) {
      this.#pending.clear();
      this.#pendingReset = batch.reset;
    }
    for (const [key, json] of batch.events) this.#pending.set(key, json);
    this.#pendingId = batch.id;
  }

  write(bytes: Buffer | string): void {
    if (this.#isOver || this.#response.destroyed) return;
    if (!this.#response.write(bytes)) this.#blockedAt ??= performance.now();
  }

  beat(): void {
    if (this.#blockedAt === undefined) this.write(heartbeat);
  }

  /** Says why, if a reason is given, and closes. */
  end(code?: string): void {
    if (this.#isOver) return;
    const isRead = this.#blockedAt === undefined;
    if (code !== undefined) this.write(frame(JSON.stringify({ code }), { event: 'end' }));
    this.#isOver = true;
    // Who does not read would keep the connection open.
    if (isRead) this.#response.end();
    else this.#response.destroy();
  }

  drop(): void {
    this.#isOver = true;
    this.#response.destroy();
  }

  #drain(): void {
    this.#blockedAt = undefined;
    const id = this.#pendingId;
    if (id === undefined) return;
    const reset = this.#pendingReset;
    const batch = new Sent({ events: [...this.#pending], id, ...(reset === undefined ? {} : { reset }) });
    this.#pending.clear();
    this.#pendingId = undefined;
    this.#pendingReset = undefined;
    this.send(batch);
  }
}

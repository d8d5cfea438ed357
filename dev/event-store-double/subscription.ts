import { randomUUID } from 'node:crypto';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventLog, LogRecord } from './event-log.ts';
import { eventMessage, nameOf } from './messages.ts';
import type { PacedCall } from './paced-call.ts';
import { recordFilter } from './record-filter.ts';
import { consumerTooSlow } from './rejections.ts';

/** Maximum number of queued live events; beyond it, the subscriber is dropped. */
const liveBufferMax = 32;
const defaultWindow = 32;

/** Catches up from the given position, reports that, and then sends new events. */
export class Subscription {
  readonly #call: PacedCall;
  readonly #log: EventLog;
  readonly #wants: (record: LogRecord) => boolean;
  readonly #checkpointEvery: number;
  #considered = 0;
  #next: number;
  #live: LogRecord[] = [];
  #sending = false;

  constructor(call: PacedCall, options: ReadReq.Options, log: EventLog) {
    this.#call = call;
    this.#log = log;
    const filter = options.getFilter();
    const passes = recordFilter(filter);
    const stream = options.hasStream() ? nameOf(options.getStream()?.getStreamIdentifier()) : undefined;
    this.#wants = (record) => (stream === undefined || record.stream === stream) && passes(record);
    const window = filter?.hasMax() === true ? filter.getMax() : defaultWindow;
    this.#checkpointEvery = (filter?.getCheckpointintervalmultiplier() ?? Infinity) * window;
    this.#next = firstIndex(options, log);
  }

  start(): void {
    // It ended because the client disconnected.
    this.#run().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const confirmation = new streams.ReadResp.SubscriptionConfirmation();
    confirmation.setSubscriptionId(randomUUID());
    await this.#send((message) => message.setConfirmation(confirmation));
    for (; this.#next < this.#log.records.length; this.#next++) await this.#consider(this.#log.records[this.#next]);
    const leave = this.#log.follow((records) => this.#hear(records));
    this.#call.signal.addEventListener('abort', leave);
    await this.#send((message) => message.setCaughtUp(new streams.ReadResp.CaughtUp()));
  }

  #hear(records: readonly LogRecord[]): void {
    this.#live.push(...records);
    if (this.#live.length > liveBufferMax) {
      this.#live = [];
      this.#call.fail(consumerTooSlow());
    } else if (!this.#sending) {
      this.#sending = true;
      setImmediate(() => void this.#sendLive().catch(() => undefined));
    }
  }

  async #sendLive(): Promise<void> {
    for (let record = this.#live.shift(); record !== undefined; record = this.#live.shift())
      await this.#consider(record);
    this.#sending = false;
  }

  async #consider(record: LogRecord | undefined): Promise<void> {
    if (record === undefined) return;
    if (this.#wants(record)) await this.#call.write(eventMessage(record));
    this.#considered += 1;
    if (this.#considered % this.#checkpointEvery !== 0) return;
    const checkpoint = new streams.ReadResp.Checkpoint();
    checkpoint.setCommitPosition(String(record.position));
    checkpoint.setPreparePosition(String(record.position));
    await this.#send((message) => message.setCheckpoint(checkpoint));
  }

  #send(fill: (message: ReadResp) => unknown): Promise<void> {
    const message = new streams.ReadResp();
    fill(message);
    return this.#call.write(message);
  }
}

/** A subscription starts after the given position or revision. */
function firstIndex(options: ReadReq.Options, log: EventLog): number {
  const [all, stream] = [options.getAll(), options.getStream()];
  if (all?.hasEnd() === true || stream?.hasEnd() === true) return log.records.length;
  if (all?.hasPosition() === true) return log.indexAt(BigInt(all.getPosition()?.getCommitPosition() ?? 0) + 1n);
  if (stream?.hasRevision() !== true) return 0;
  const last = log.stream(nameOf(stream.getStreamIdentifier()))[Number(stream.getRevision())];
  return last === undefined ? log.records.length : log.indexAt(last.position + 1n);
}

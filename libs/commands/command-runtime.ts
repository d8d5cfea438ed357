import type { Aggregate } from '#domain/aggregate';
import type { EventMetadata, EventStore } from '#event-store';
import type { AnyAggregate } from './any-aggregate.ts';
import type { CommandContext, Outcome } from './command.ts';
import { Draining } from './errors.ts';
import { emptyStream, type LoadedStream } from './loaded-stream.ts';
import type { CommandMetrics } from './metrics.ts';
import type { Snapshots } from './snapshots.ts';
import { StreamReads } from './stream-reads.ts';
import { StreamWriter, type WriterSurroundings } from './stream-writer.ts';

export interface RuntimeOptions {
  readonly store: EventStore;
  readonly snapshots?: Snapshots;
  readonly metrics: CommandMetrics;
  readonly now?: () => number;
  readonly bounds?: Partial<RuntimeBounds>;
}

export interface RuntimeBounds {
  /** Maximum number of streams in memory. */
  readonly writersMax: number;
  readonly queueCommandsMax: number;
  readonly queueBytesMax: number;
  readonly batchCommandsMax: number;
  readonly batchEventsMax: number;
  readonly snapshotEveryEvents: number;
  /** A snapshot contains all remembered commands, so a busy stream gets one only every few seconds. */
  readonly snapshotEveryMs: number;
}

const defaultBounds: RuntimeBounds = {
  writersMax: 20_000,
  queueCommandsMax: 10_000,
  queueBytesMax: 16 * 1024 * 1024,
  batchCommandsMax: 512,
  batchEventsMax: 1000,
  snapshotEveryEvents: 5000,
  snapshotEveryMs: 3000,
};

/**
 * Executes commands with one writer per stream; the least recently used writers are evicted. Independent of the domain.
 */
export class CommandRuntime {
  readonly #around: WriterSurroundings;
  readonly #bounds: RuntimeBounds;
  readonly #writers = new Map<string, StreamWriter>();
  /** The last entry of the map: the writer of a hot stream does not have to be moved to the end on each use. */
  #latest: readonly [stream: string, writer: StreamWriter] | undefined;
  readonly #reads: StreamReads;
  readonly #giveUp = new AbortController();
  #draining = false;

  constructor({ store, snapshots, metrics, now = Date.now, bounds = {} }: RuntimeOptions) {
    this.#bounds = { ...defaultBounds, ...bounds };
    this.#around = {
      store,
      snapshots,
      metrics,
      now,
      giveUp: this.#giveUp.signal,
      queueBounds: { commandsMax: this.#bounds.queueCommandsMax, bytesMax: this.#bounds.queueBytesMax },
      batchCommandsMax: this.#bounds.batchCommandsMax,
      batchEventsMax: this.#bounds.batchEventsMax,
      snapshotEveryEvents: this.#bounds.snapshotEveryEvents,
      snapshotEveryMs: this.#bounds.snapshotEveryMs,
    };
    this.#reads = new StreamReads(this.#around);
  }

  get writersInMemory(): number {
    return this.#writers.size;
  }

  /**
   * Throws Overloaded, Draining, NotInTime or StoreUnavailable if nothing was recorded, OutcomeUnknown if that is
   * unknown.
   */
  async execute<Id, S, C extends object, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    context: CommandContext,
  ): Promise<Outcome<E, R>> {
    if (this.#draining) throw new Draining('this process is stopping');
    const writer = this.#writerOf(aggregate, stream);
    const { commandsInProgress } = this.#around.metrics;
    commandsInProgress.inc();
    try {
      return (await writer.execute(command, context, commandBytes(command))) as Outcome<E, R>;
    } finally {
      commandsInProgress.dec();
      if (!writer.hasEvents) void this.#dropOnceIdle(stream, writer);
    }
  }

  /**
   * Executes a command on a stream that is expected to have no events, and so is not read first. That is only where the
   * writer starts from, like a state that has become stale: if there are events, the append conflicts, and before
   * anything is answered that was not appended, the stream is read.
   */
  begin<Id, S, C extends object, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    context: CommandContext,
  ): Promise<Outcome<E, R>> {
    if (!this.#draining) this.#writerOf(aggregate, stream, emptyStream(this.#around.store, aggregate));
    return this.execute(aggregate, stream, command, context);
  }

  /** The current state of a stream in the store, whichever process wrote it. */
  async read<Id, S, C, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
  ): Promise<S> {
    return (await this.#reads.read(aggregate, stream, this.#writers.get(stream)?.known)) as S;
  }

  /** The correlation id of the last event of a stream; undefined for an event that has none, or no event. */
  async lastCorrelationId(stream: string): Promise<string | undefined> {
    const [last] = await this.#around.store.readStream(stream, { direction: 'backwards', limit: 1 });
    const metadata: Partial<EventMetadata> | undefined = last?.metadata;
    return metadata?.$correlationId;
  }

  /** The state of a stream as of the last event that its writer in this process knows; undefined if it has none. */
  lastKnown<S>(stream: string): S | undefined {
    return this.#writers.get(stream)?.known?.state as S | undefined;
  }

  /** Accepts no more commands, and waits until the pending ones are answered, for at most `timeoutMs`. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    const timer = setTimeout(() => this.#giveUp.abort(), timeoutMs);
    await Promise.all(this.#writers.values().map((writer) => writer.untilIdle()));
    clearTimeout(timer);
  }

  /** `assumed`: where a new writer starts from, instead of reading the stream. */
  #writerOf(aggregate: AnyAggregate, stream: string, assumed?: LoadedStream): StreamWriter {
    if (this.#latest?.[0] === stream) return this.#latest[1];
    const known = this.#writers.get(stream);
    const writer = known ?? new StreamWriter(aggregate, stream, this.#around, assumed);
    // A Map keeps insertion order: a used writer moves to the end, so the first ones are the least recently used.
    if (known !== undefined) this.#writers.delete(stream);
    this.#writers.set(stream, writer);
    this.#latest = [stream, writer];
    if (known === undefined) this.#evict(writer);
    return writer;
  }

  /** There is no state worth keeping in memory for a stream that does not exist. */
  async #dropOnceIdle(stream: string, writer: StreamWriter): Promise<void> {
    await writer.untilIdle();
    if (!writer.hasEvents && this.#writers.get(stream) === writer) this.#drop(stream);
  }

  #drop(stream: string): void {
    this.#writers.delete(stream);
    if (this.#latest?.[0] === stream) this.#latest = undefined;
  }

  /** `used`: the writer that is about to be used, and is still idle. */
  #evict(used: StreamWriter): void {
    this.#around.metrics.writers.set(this.#writers.size);
    for (const [stream, writer] of this.#writers) {
      if (this.#writers.size <= this.#bounds.writersMax) return;
      if (!writer.idle || writer === used) continue;
      this.#drop(stream);
      this.#around.metrics.evictions.inc();
    }
  }
}

/** An estimate of the memory of a command; computed for every waiting command, so it must be cheap. */
function commandBytes(command: object): number {
  return commandBytesMin + textBytes(command);
}

const commandBytesMin = 256;

function textBytes(fields: object): number {
  let bytes = 0;
  for (const value of Object.values(fields) as unknown[]) {
    if (typeof value === 'string') bytes += 2 * value.length;
    else if (typeof value === 'object' && value !== null) bytes += textBytes(value);
  }
  return bytes;
}

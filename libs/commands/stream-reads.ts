import { LRUCache } from 'lru-cache';
import type { AnyAggregate } from './any-aggregate.ts';
import type { LoadedStream } from './loaded-stream.ts';
import { StreamTip, type TipSurroundings } from './stream-tip.ts';

/** A read that is under way, and the one that comes after it. */
interface Reading {
  readonly running: Promise<unknown>;
  next: Promise<unknown> | undefined;
}

const keptMax = 2000;

/**
 * Reads of streams for their current state. A small stream is kept as it was last read, so that the next read asks the
 * store only for what is new; what is asked for while a read of the same stream is under way shares the read after it.
 */
export class StreamReads {
  readonly #around: TipSurroundings;
  readonly #kept = new LRUCache<string, LoadedStream>({ max: keptMax });
  readonly #readings = new Map<string, Reading>();

  constructor(around: TipSurroundings) {
    this.#around = around;
  }

  /** The state of the stream at some time after this call; `known` is what the stream’s writer knows. */
  read(aggregate: AnyAggregate, stream: string, known: LoadedStream | undefined): Promise<unknown> {
    const reading = this.#readings.get(stream);
    if (reading === undefined) return this.#start(aggregate, stream, known);
    // The store may have been asked before this call: its answer may be from before a write that the caller knows of.
    reading.next ??= reading.running.then(
      () => this.#start(aggregate, stream, known),
      () => this.#start(aggregate, stream, known),
    );
    return reading.next;
  }

  #start(aggregate: AnyAggregate, stream: string, known: LoadedStream | undefined): Promise<unknown> {
    const running = this.#load(aggregate, stream, known);
    const reading: Reading = { running, next: undefined };
    this.#readings.set(stream, reading);
    const end = (): void => {
      if (reading.next === undefined) this.#readings.delete(stream);
    };
    running.then(end, end);
    return running;
  }

  async #load(aggregate: AnyAggregate, stream: string, ofWriter: LoadedStream | undefined): Promise<unknown> {
    const known = ofWriter ?? this.#kept.get(stream);
    const tip = new StreamTip(aggregate, stream, this.#around, known);
    if (known !== undefined) await tip.catchUp();
    const loaded = await tip.current();
    // A stream with snapshots may be large.
    if (aggregate.snapshots === undefined && loaded.revision >= 0) this.#kept.set(stream, loaded);
    return loaded.state;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions, type EventStore, type Position } from '#event-store';
import type { Logger } from '#platform';
import { CheckpointMoved, type Sink } from './sink.ts';

export interface RunnerOptions {
  readonly store: EventStore;
  readonly sink: Sink;
  readonly pageEventsMax: number;
  readonly log: Logger;
}

const readAtLeastEveryMs = 1000;
const firstPauseMs = 50;
const pauseMsMax = 5000;

/** Carries one projection forward, page by page, for as long as the process lives. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #stopping = new AbortController();
  #finished: Promise<void> = Promise.resolve();
  #rung = Promise.withResolvers<void>();
  #failures = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  get failing(): boolean {
    return this.#failures > 0;
  }

  start(): void {
    const hangUp = this.#options.store.onAppend(() => this.#rung.resolve());
    this.#finished = this.#run().finally(hangUp);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#follow();
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (error instanceof CheckpointMoved) continue;
        this.#failures += 1;
        this.#options.log.error(
          { err: error, projection: this.#options.sink.name },
          'the projection failed; it tries again',
        );
        await this.#pause(Math.min(firstPauseMs * 2 ** this.#failures, pauseMsMax));
      }
    }
  }

  async #follow(): Promise<void> {
    const { store, sink, pageEventsMax } = this.#options;
    let checkpoint = await sink.checkpoint();
    while (!this.#stopping.signal.aborted) {
      this.#rung = Promise.withResolvers();
      const { events, end } = await store.readAll(checkpoint, pageEventsMax);
      if (end === undefined || !isAfter(end, checkpoint)) {
        await Promise.race([this.#rung.promise, this.#pause(readAtLeastEveryMs)]);
        continue;
      }
      await sink.apply(events, checkpoint, end);
      checkpoint = end;
      this.#failures = 0;
    }
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

function isAfter(end: Position, checkpoint: Position | undefined): boolean {
  return checkpoint === undefined || comparePositions(end, checkpoint) > 0;
}

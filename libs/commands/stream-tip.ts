import type { EventStore, RecordedEvent } from '#event-store';
import type { AnyAggregate } from './any-aggregate.ts';
import type { DecidedBatch } from './decide-batch.ts';
import { eventIdOf } from './event-ids.ts';
import { catchUp, loadStream, type LoadedStream } from './loaded-stream.ts';
import type { CommandMetrics } from './metrics.ts';
import { appendUntilSettled, type SettledAppend } from './settled-append.ts';
import type { Snapshot, Snapshots } from './snapshots.ts';

export interface TipSurroundings {
  readonly store: EventStore;
  readonly snapshots: Snapshots | undefined;
  readonly snapshotEveryEvents: number;
  readonly snapshotEveryMs: number;
  readonly metrics: CommandMetrics;
  /** Aborted when the process stops waiting for a store that does not answer. */
  readonly giveUp: AbortSignal;
}

/** The end of one stream as known to this process. All appends to the stream go through it. */
export class StreamTip {
  readonly #aggregate: AnyAggregate;
  readonly #stream: string;
  readonly #around: TipSurroundings;
  #loaded: LoadedStream | undefined;
  /**
   * Where to continue reading after the state was dropped: the revision known before an append with unknown outcome.
   */
  #behind: LoadedStream | undefined;

  constructor(aggregate: AnyAggregate, stream: string, around: TipSurroundings, known?: LoadedStream) {
    this.#aggregate = aggregate;
    this.#stream = stream;
    this.#around = around;
    this.#loaded = known;
  }

  get known(): LoadedStream | undefined {
    return this.#loaded;
  }

  async current(): Promise<LoadedStream> {
    this.#loaded ??= await this.#load();
    return this.#loaded;
  }

  /** Drops the cached state because it may be stale: the next use loads the stream again. */
  forget(): void {
    this.#loaded = undefined;
    this.#behind = undefined;
  }

  /** Applies events appended by other processes, or loads a stream anew that lost events; returns whether it changed. */
  async catchUp(): Promise<boolean> {
    const before = await this.current();
    const caughtUp = await catchUp(this.#around.store, this.#aggregate, this.#stream, before);
    if (caughtUp === undefined) this.forget();
    this.#loaded = caughtUp ?? (await this.#load());
    return caughtUp === undefined || caughtUp.revision > before.revision;
  }

  async append(decided: DecidedBatch, at: number): Promise<SettledAppend> {
    const { store, metrics, giveUp } = this.#around;
    const before = await this.current();
    const expected = before.revision < 0 ? 'none' : before.revision;
    const stopTimer = metrics.appendSeconds.startTimer();
    const onDoubt = (): void => metrics.doubts.inc();
    const settled = await appendUntilSettled(store, this.#stream, expected, decided.events, giveUp, onDoubt);
    stopTimer();
    if (settled.result.outcome === 'appended' && !settled.afterDoubt) this.#adopt(before, decided, at);
    else if (settled.result.outcome !== 'conflict') this.#fallBehind(before);
    else {
      metrics.conflicts.inc();
      // The stream is shorter than before: the store was restored or failed over.
      if (settled.result.actual === 'none' || settled.result.actual < before.revision) this.forget();
    }
    return settled;
  }

  async recorded(revision: number, count: number): Promise<readonly RecordedEvent[]> {
    return this.#around.store.readStream(this.#stream, { from: revision, limit: count });
  }

  /** The events of commands, by command, however old, if the store can find them without reading the stream. */
  async findForgotten(commandIds: readonly string[]): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> {
    const firstIds = commandIds.map((commandId) => eventIdOf(commandId, 0));
    const firsts = (await this.#around.store.findEvents?.(this.#stream, firstIds)) ?? [];
    const found = firsts.map(async ({ revision, metadata: { commandId } }) => {
      const page = await this.recorded(revision, searchPageEvents);
      return [commandId, page.filter(({ metadata }) => metadata.commandId === commandId)] as const;
    });
    return new Map(await Promise.all(found));
  }

  /** The events of one command, however old, found by reading the stream backwards from its end. */
  async findRecorded(commandId: string): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (let from = (await this.current()).revision; from >= 0; from -= searchPageEvents) {
      const request = { direction: 'backwards', from, limit: searchPageEvents } as const;
      const page = await this.#around.store.readStream(this.#stream, request);
      const events = page.filter(({ metadata }) => metadata.commandId === commandId);
      found.unshift(...events.toReversed());
      // The events of a command are adjacent: a page that begins with another’s has the first of them.
      if (found.length > 0 && events.at(-1) !== page.at(-1)) break;
    }
    return found;
  }

  async #load(): Promise<LoadedStream> {
    const { store } = this.#around;
    if (this.#behind !== undefined) {
      const loaded = await catchUp(store, this.#aggregate, this.#stream, this.#behind);
      this.#behind = undefined;
      if (loaded !== undefined) return loaded;
    }
    return loadStream(store, this.#aggregate, this.#stream, await this.#snapshot());
  }

  /** After an outage all streams are loaded at once; reading each from its first event would cause another outage. */
  #fallBehind(before: LoadedStream): void {
    this.#loaded = undefined;
    this.#behind = before;
  }

  /** If the snapshot cannot be read, the stream is read from its first event. */
  async #snapshot(): Promise<Snapshot | undefined> {
    const { snapshots, metrics } = this.#around;
    const format = this.#aggregate.snapshots;
    if (snapshots === undefined || format === undefined) return undefined;
    return snapshots.find(this.#stream, format.version).catch(() => {
      metrics.snapshotFailures.inc();
      return undefined;
    });
  }

  #adopt(before: LoadedStream, { state, events, recordedBy }: DecidedBatch, at: number): void {
    for (const [index, commandId] of recordedBy.entries()) {
      before.recent.remember(commandId, before.revision + 1 + index, at);
    }
    const revision = before.revision + events.length;
    const { snapshotEveryEvents, snapshotEveryMs } = this.#around;
    const snapshotDue =
      revision - before.snapshotRevision >= snapshotEveryEvents && at - before.snapshotAt >= snapshotEveryMs;
    this.#loaded = {
      ...before,
      state,
      revision,
      lastEventId: events.at(-1)?.id,
      lastAt: at,
      snapshotRevision: snapshotDue ? revision : before.snapshotRevision,
      snapshotAt: snapshotDue ? at : before.snapshotAt,
    };
    if (snapshotDue) this.#saveSnapshot(this.#loaded);
  }

  /** Not awaited: a snapshot is a cache, and the next one replaces it. */
  #saveSnapshot({ state, revision, lastEventId, lastAt, recent }: LoadedStream): void {
    const { snapshots, metrics } = this.#around;
    const format = this.#aggregate.snapshots;
    if (snapshots === undefined || format === undefined || lastEventId === undefined) return;
    const snapshot = { revision, eventId: lastEventId, lastAt, state: format.save(state), recent: recent.save() };
    snapshots.save(this.#stream, format.version, snapshot).catch(() => metrics.snapshotFailures.inc());
  }
}

const searchPageEvents = 1000;

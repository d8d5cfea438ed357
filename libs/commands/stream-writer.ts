import { randomUUID } from 'node:crypto';
import { codecOf, OutcomeUnknown, StoreUnavailable, type Position, type RecordedEvent } from '#event-store';
import type { AnyAggregate } from './any-aggregate.ts';
import type { CommandContext, Outcome } from './command.ts';
import { CommandQueue, stillWanted, type QueueBounds, type QueuedCommand } from './command-queue.ts';
import { decideBatch, type DecidedBatch, type Verdict } from './decide-batch.ts';
import { ClockBehind, Contended, InDoubt } from './errors.ts';
import type { LoadedStream } from './loaded-stream.ts';
import { StreamTip, type TipSurroundings } from './stream-tip.ts';

export interface WriterSurroundings extends TipSurroundings {
  readonly queueBounds: QueueBounds;
  readonly batchCommandsMax: number;
  readonly batchEventsMax: number;
  readonly now: () => number;
}

type Recording = { readonly verdict: 'record' | 'duplicate' };

const conflictsMax = 50;
/** How far the last event of a stream may be ahead of this clock. */
const clockBehindMsMax = 2000;

/**
 * The only writer of one stream in this process. Commands that arrive while an append is in flight are decided
 * together, in order, and recorded by the next append; each caller is answered when its events are durable.
 */
export class StreamWriter {
  readonly #aggregate: AnyAggregate;
  readonly #stream: string;
  readonly #around: WriterSurroundings;
  readonly #queue: CommandQueue;
  readonly #tip: StreamTip;
  #running: Promise<void> | undefined;

  /** `assumed`: taken for the state of the stream instead of reading it. It may be stale. */
  constructor(aggregate: AnyAggregate, stream: string, around: WriterSurroundings, assumed?: LoadedStream) {
    this.#aggregate = aggregate;
    this.#stream = stream;
    this.#around = around;
    this.#queue = new CommandQueue(around.queueBounds);
    this.#tip = new StreamTip(aggregate, stream, around, assumed);
  }

  get idle(): boolean {
    return this.#running === undefined;
  }

  /** Whether the stream exists, as far as is known. */
  get hasEvents(): boolean {
    return (this.#tip.known?.revision ?? -1) >= 0;
  }

  /** The stream as of the last known event; undefined before it is loaded. */
  get known(): LoadedStream | undefined {
    return this.#tip.known;
  }

  async untilIdle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  execute(command: unknown, context: CommandContext, bytes: number): Promise<Outcome<unknown, unknown>> {
    const queued = this.#queue.push(command, context, bytes);
    this.#running ??= this.#run();
    return queued.outcome;
  }

  async #run(): Promise<void> {
    // Commands that arrive in the same turn of the event loop share the first batch.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue.take(this.#around.batchCommandsMax);
      this.#around.metrics.batchCommands.observe(batch.length);
      try {
        await this.#commit(batch);
      } catch (error) {
        this.#tip.forget();
        for (const queued of batch) queued.fail(error);
      }
    }
    // In the same turn as the check of the queue, so that a command that arrives later starts a new run.
    this.#running = undefined;
  }

  /** Decides and appends until each command is answered, or returned to the queue because the append was full. */
  async #commit(taken: readonly QueuedCommand[]): Promise<void> {
    let batch = taken;
    // Whether the state was read from the store after all commands of the batch had arrived.
    let isCurrent = false;
    for (let conflicts = 0; conflicts < conflictsMax; conflicts++) {
      const { loaded, at } = await this.#expireDue();
      batch = stillWanted(batch);
      if (batch.length === 0) return;
      const decided = decideBatch(this.#aggregate, loaded, batch, at, this.#batchBounds);
      const ready = batch.slice(0, decided.verdicts.length);
      const rest = batch.slice(ready.length);
      if (decided.events.length === 0) {
        // No append has confirmed the state used for this decision: another process may have written since.
        const hasChanged = !isCurrent && (await this.#tip.catchUp());
        isCurrent = true;
        if (hasChanged) continue;
        if (await this.#noteTime(loaded, decided, at)) continue;
        await this.#answerForgotten(ready, decided, loaded);
        this.#answer(ready, decided, at, undefined);
        return this.#queue.putBack(rest);
      }
      const { result } = await this.#tip.append(decided, at);
      switch (result.outcome) {
        case 'appended':
          await this.#answerForgotten(ready, decided, loaded);
          this.#answer(ready, decided, at, result.position);
          return this.#queue.putBack(rest);
        case 'already-done':
          return this.#queue.putBack([...this.#answerRecorded(ready, result.events), ...rest]);
        case 'conflict': {
          const isLoadedAnew = this.#tip.known === undefined;
          const hasChanged = await this.#tip.catchUp();
          isCurrent = true;
          if (!hasChanged && !isLoadedAnew) return this.#settleKnownCommands(batch);
        }
      }
    }
    throw new Contended(
      `${this.#stream} had ${conflictsMax} conflicts in a row with other processes; nothing was recorded`,
    );
  }

  /**
   * The state is current, yet the store rejects the append: it has recorded some of these commands before. Appending
   * one by one shows which.
   */
  async #settleKnownCommands(batch: readonly QueuedCommand[]): Promise<void> {
    if (batch.length > 1) {
      for (const queued of batch) await this.#commit([queued]);
      return;
    }
    const only = batch[0] as QueuedCommand;
    const events = await this.#tip.findRecorded(only.context.commandId);
    if (events.length === 0)
      throw new OutcomeUnknown(
        `${this.#stream}: the store reports recorded events of a command, but they were not found`,
      );
    only.answer(this.#outcomeOf(events));
  }

  /**
   * Due claims are expired first, in separate appends, so that their number cannot make the append of a command too
   * large.
   */
  async #expireDue(): Promise<{ loaded: LoadedStream; at: number }> {
    for (;;) {
      const loaded = await this.#tip.current();
      const at = this.#timeFor(loaded);
      const command: unknown = this.#aggregate.due?.(loaded.state, at);
      // Decided with the same time: a moment later another claim may be due.
      if (command === undefined) return { loaded, at };
      await this.#recordInternal(command, loaded, at);
    }
  }

  /**
   * A rejection caused only by the passage of time changes no revision: an earlier attempt of the same command, decided
   * before that time and still on its way to the store, could be recorded after its caller was told of the rejection.
   * So the stream must have an event of that time first. Returns whether one was appended, by this or another writer.
   */
  async #noteTime(loaded: LoadedStream, { verdicts }: DecidedBatch, at: number): Promise<boolean> {
    const command: unknown = this.#aggregate.noteTime;
    const isNoted = verdicts.every((verdict) => verdict.verdict !== 'reject' || (verdict.since ?? 0) <= loaded.lastAt);
    if (isNoted || command === undefined) return false;
    await this.#recordInternal(command, loaded, at);
    return true;
  }

  /** Appends the events of an internal command; after a conflict, the tip has the events of the other writer. */
  async #recordInternal(command: unknown, loaded: LoadedStream, at: number): Promise<void> {
    const id = randomUUID();
    const context = { commandId: id, correlationId: id, userId: null, deadline: Number.POSITIVE_INFINITY };
    const decided = decideBatch(this.#aggregate, loaded, [{ command, context }], at, this.#batchBounds);
    if (decided.events.length === 0) throw new Error(`an internal command of ${this.#stream} recorded nothing`);
    const { result } = await this.#tip.append(decided, at);
    if (result.outcome === 'conflict') await this.#tip.catchUp();
  }

  #timeFor({ lastAt }: LoadedStream): number {
    const now = this.#around.now();
    this.#around.metrics.clockBehindSeconds.set(Math.max(lastAt - now, 0) / 1000);
    if (lastAt - now > clockBehindMsMax) {
      throw new ClockBehind(`the last event of ${this.#stream} is ${lastAt - now} ms ahead of this process’s clock`);
    }
    return Math.max(now, lastAt);
  }

  get #batchBounds() {
    return { eventsMax: this.#around.batchEventsMax, bytesMax: this.#around.store.appendBytesMax };
  }

  /**
   * A retry may arrive after its command was forgotten: before a caller is told that nothing was recorded, the
   * command’s events are looked up in the store, if it supports that. What is answered here gets no other answer.
   */
  async #answerForgotten(
    ready: readonly QueuedCommand[],
    { verdicts }: DecidedBatch,
    { recent }: LoadedStream,
  ): Promise<void> {
    if (recent.isComplete) return;
    const unrecorded = ready.filter((_, index) => recordsNothing(verdicts[index] as Verdict));
    if (unrecorded.length === 0) return;
    try {
      const recorded = await this.#tip.findForgotten(unrecorded.map(({ context }) => context.commandId));
      for (const queued of unrecorded) {
        const own = recorded.get(queued.context.commandId);
        if (own !== undefined) queued.answer(this.#outcomeOf(own));
      }
    } catch (error) {
      for (const queued of unrecorded) queued.fail(recordedButUnread(error));
    }
  }

  /** `position` is that of the append, which there is if anything was recorded. */
  #answer(
    batch: readonly QueuedCommand[],
    { verdicts }: DecidedBatch,
    at: number,
    position: Position | undefined,
  ): void {
    const recorded = (verdict: Verdict | undefined, repeated: boolean): Outcome<unknown, unknown> => {
      const { events, lastRevision: revision } = verdict as Verdict & { verdict: 'record' };
      return { outcome: 'recorded', events, at, revision, position: position as Position, repeated };
    };
    for (const [index, queued] of batch.entries()) {
      const verdict = verdicts[index] as Verdict;
      if (verdict.verdict === 'record') queued.answer(recorded(verdict, false));
      else if (verdict.verdict === 'duplicate') queued.answer(recorded(verdicts[verdict.of], true));
      else this.#answerUnrecorded(queued, verdict, at);
    }
  }

  /** Answers commands that were recorded before from their recorded events; returns the others. */
  #answerRecorded(batch: readonly QueuedCommand[], recorded: readonly RecordedEvent[]): readonly QueuedCommand[] {
    return batch.filter((queued) => {
      const own = recorded.filter(({ metadata }) => metadata.commandId === queued.context.commandId);
      if (own.length > 0) queued.answer(this.#outcomeOf(own));
      return own.length === 0;
    });
  }

  #answerUnrecorded(queued: QueuedCommand, verdict: Exclude<Verdict, Recording>, at: number): void {
    switch (verdict.verdict) {
      case 'unchanged':
        return queued.answer({ outcome: 'unchanged', at });
      case 'reject':
        return queued.answer({ outcome: 'rejected', rejection: verdict.rejection, at });
      case 'throw':
        return queued.fail(verdict.error);
      case 'repeat': {
        const { revision, count } = verdict.recorded;
        this.#tip
          .recorded(revision, count)
          .then((events) => queued.answer(this.#outcomeOf(events)))
          .catch((error: unknown) => queued.fail(recordedButUnread(error)));
      }
    }
  }

  #outcomeOf(recorded: readonly RecordedEvent[]): Outcome<unknown, unknown> {
    const last = recorded.at(-1);
    if (last === undefined) throw new Error(`${this.#stream} ends before a command that was recorded there`);
    const events: unknown[] = recorded.map((event) => codecOf(this.#aggregate).decode(event));
    const { revision, position, metadata } = last;
    return { outcome: 'recorded', events, at: metadata.at, revision, position, repeated: true };
  }
}

/** It is unknown whether something was recorded, but no more work is in progress. */
function recordedButUnread(cause: unknown): unknown {
  if (!(cause instanceof StoreUnavailable)) return cause;
  return new InDoubt(`the recorded events cannot be read: ${cause.message}`, Promise.resolve());
}

function recordsNothing({ verdict }: Verdict): boolean {
  return verdict === 'reject' || verdict === 'unchanged';
}

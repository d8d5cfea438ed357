import { OutcomeUnknown } from '#event-store';
import type { CommandContext, Outcome } from './command.ts';
import { InDoubt, NotInTime, Overloaded } from './errors.ts';

export interface QueueBounds {
  readonly commandsMax: number;
  readonly bytesMax: number;
}

/** A command whose caller is waiting. It is answered at its deadline at the latest; only the first answer counts. */
export class QueuedCommand {
  readonly command: unknown;
  readonly context: CommandContext;
  readonly bytes: number;
  readonly outcome: Promise<Outcome<unknown, unknown>>;
  /** Whether it has been started: from then on its outcome is unknown until the store answers. */
  taken = false;
  /** Whether its caller has been answered. */
  #isOver = false;
  readonly #answered = Promise.withResolvers<Outcome<unknown, unknown>>();
  #doubt: PromiseWithResolvers<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(command: unknown, context: CommandContext, bytes: number) {
    this.command = command;
    this.context = context;
    this.bytes = bytes;
    this.outcome = this.#answered.promise;
    this.#timer = setTimeout(() => this.#late(), Math.max(context.deadline - Date.now(), 0));
  }

  answer(outcome: Outcome<unknown, unknown>): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#answered.resolve(outcome);
    this.#doubt?.resolve();
  }

  fail(reason: unknown): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const isUnknown = reason instanceof OutcomeUnknown && !(reason instanceof InDoubt);
    const failure = isUnknown ? new InDoubt(reason.message, Promise.reject(reason)) : reason;
    this.#answered.reject(failure);
    this.#doubt?.resolve(failure instanceof InDoubt ? failure.settled : undefined);
  }

  /**
   * Whether something may still be recorded for it. Reads the clock, because timers fire late if the process was
   * blocked.
   */
  isStillWanted(): boolean {
    if (!this.#isOver && this.context.deadline <= Date.now()) this.#late();
    return !this.#isOver;
  }

  /** Drops the command: its caller has gone, and nothing was recorded for it. */
  drop(): void {
    this.#doubt?.resolve();
  }

  #late(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.taken) {
      this.#doubt = Promise.withResolvers();
      this.#answered.reject(new InDoubt('the event store did not answer in time', this.#doubt.promise));
    } else {
      this.#answered.reject(new NotInTime('the command was not started before its deadline; nothing was recorded'));
    }
  }
}

/**
 * A caller told OUTCOME_UNKNOWN may retry on another process and be rejected there: from then on nothing more may be
 * recorded.
 */
export function stillWanted(commands: readonly QueuedCommand[]): QueuedCommand[] {
  return commands.filter((queued) => {
    const isWanted = queued.isStillWanted();
    if (!isWanted) queued.drop();
    return isWanted;
  });
}

/** The commands waiting for one stream, in order of arrival. */
export class CommandQueue {
  readonly #bounds: QueueBounds;
  #waiting: QueuedCommand[] = [];
  #bytes = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#waiting.length;
  }

  push(command: unknown, context: CommandContext, bytes: number): QueuedCommand {
    if (this.#waiting.length >= this.#bounds.commandsMax || this.#bytes + bytes > this.#bounds.bytesMax) {
      throw new Overloaded(`${this.#waiting.length} commands are already waiting for this stream`);
    }
    const queued = new QueuedCommand(command, context, bytes);
    this.#waiting.push(queued);
    this.#bytes += bytes;
    return queued;
  }

  /** Takes the next batch from the front, skipping commands whose callers have given up. */
  take(commandsMax: number): QueuedCommand[] {
    const front = this.#waiting.splice(0, commandsMax);
    for (const queued of front) this.#bytes -= queued.bytes;
    const taken = stillWanted(front);
    for (const queued of taken) queued.taken = true;
    return taken;
  }

  /** Returns commands that did not fit into the batch to the front of the queue. */
  putBack(commands: readonly QueuedCommand[]): void {
    this.#waiting.unshift(...commands);
    for (const queued of commands) {
      queued.taken = false;
      this.#bytes += queued.bytes;
    }
  }
}

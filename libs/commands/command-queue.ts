import { OutcomeUnknown } from '#event-store';
import type { CommandContext, Outcome } from './command.ts';
import { NotInTime, Overloaded } from './errors.ts';

export interface QueuedCommand {
  readonly command: unknown;
  readonly context: CommandContext;
  readonly bytes: number;
  answer(outcome: Outcome<unknown, unknown>): void;
  fail(error: unknown): void;
}

export interface QueueBounds {
  readonly commandsMax: number;
  readonly bytesMax: number;
}

/** The commands that wait for one stream, in the order they came. A caller is answered once, by its deadline at the latest. */
export class CommandQueue {
  readonly #bounds: QueueBounds;
  #waiting: QueuedCommand[] = [];
  readonly #expired = new Set<QueuedCommand>();
  #bytes = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#waiting.length;
  }

  push(command: unknown, context: CommandContext, bytes: number): Promise<Outcome<unknown, unknown>> {
    if (this.#waiting.length >= this.#bounds.commandsMax || this.#bytes + bytes > this.#bounds.bytesMax) {
      throw new Overloaded(`${this.#waiting.length} commands wait for this stream already`);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#late(queued), Math.max(context.deadline - Date.now(), 0));
      const queued: QueuedCommand = {
        command,
        context,
        bytes,
        answer: (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      this.#waiting.push(queued);
      this.#bytes += bytes;
    });
  }

  /** Those in front, as many as may be decided together. From now on their outcome may be unknown at the deadline. */
  take(commandsMax: number): QueuedCommand[] {
    const taken: QueuedCommand[] = [];
    const rest = this.#waiting.slice(commandsMax);
    for (const queued of this.#waiting.slice(0, commandsMax)) {
      this.#bytes -= queued.bytes;
      if (!this.#expired.delete(queued)) taken.push(queued);
    }
    this.#waiting = rest;
    return taken;
  }

  /** Puts back in front what was taken and could not be decided in this batch. */
  putBack(commands: readonly QueuedCommand[]): void {
    this.#waiting = [...commands, ...this.#waiting];
    for (const { bytes } of commands) this.#bytes += bytes;
  }

  failAll(error: unknown): void {
    for (const queued of this.take(this.#waiting.length)) queued.fail(error);
  }

  #late(queued: QueuedCommand): void {
    if (this.#waiting.includes(queued)) {
      this.#expired.add(queued);
      queued.fail(new NotInTime('the command’s turn did not come in time; nothing was recorded'));
    } else queued.fail(new OutcomeUnknown('the store did not answer in time'));
  }
}

import { OutcomeUnknown } from '#event-store';

/** Nothing was recorded; the caller may retry later. */
export abstract class TryAgainLater extends Error {
  readonly retryAfterSeconds: number = 1;
}

/** The queue of the stream is full. */
export class Overloaded extends TryAgainLater {
  override readonly name = 'Overloaded';
}

/** The command was not started before its deadline. */
export class NotInTime extends TryAgainLater {
  override readonly name = 'NotInTime';
}

/** The process is stopping and accepts no more commands. */
export class Draining extends TryAgainLater {
  override readonly name = 'Draining';
}

/** Too many conflicts in a row with other processes that write the stream. */
export class Contended extends TryAgainLater {
  override readonly name = 'Contended';
}

/** The last event of the stream has a time far ahead of this clock, so recorded times would be wrong. */
export class ClockBehind extends TryAgainLater {
  override readonly name = 'ClockBehind';
}

/** The deadline of the caller, or the stop time-out of the process, passed during an append. */
export class InDoubt extends OutcomeUnknown {
  /**
   * Resolves when the outcome is known and no more work is done for the command; rejects if the outcome stays unknown.
   */
  readonly settled: Promise<void>;

  constructor(message: string, settled: Promise<void>) {
    super(message);
    this.settled = settled;
    // Not every caller awaits this promise; without a handler, a rejection would be unhandled.
    settled.catch(() => undefined);
  }
}

/** Resolves when it is known whether a command that failed so was recorded: at once, unless it is in doubt. */
export function settledAfter(failure: unknown): Promise<void> {
  return failure instanceof InDoubt ? failure.settled : Promise.resolve();
}

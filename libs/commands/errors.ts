import { OutcomeUnknown } from '#event-store';

/** Nothing was recorded; the caller may try again after a while. */
export abstract class TryAgainLater extends Error {
  readonly retryAfterSeconds: number = 1;
}

/** The stream has as many commands waiting as it may. */
export class Overloaded extends TryAgainLater {
  override readonly name = 'Overloaded';
}

/** The command's turn did not come before its deadline. */
export class NotInTime extends TryAgainLater {
  override readonly name = 'NotInTime';
}

/** The process is stopping and takes no more commands. */
export class Draining extends TryAgainLater {
  override readonly name = 'Draining';
}

/** Other processes wrote the stream again and again before this one could. */
export class Contended extends TryAgainLater {
  override readonly name = 'Contended';
}

/** The stream was last written by a clock far ahead of this one: times recorded now would be lies. */
export class ClockBehind extends TryAgainLater {
  override readonly name = 'ClockBehind';
}

/** The caller's time was up, or the process's, while the store was being asked. */
export class InDoubt extends OutcomeUnknown {
  /** Once it is known what was recorded, and nothing is done for the command any more; fails if that never came to be known. */
  readonly settled: Promise<void>;

  constructor(message: string, settled: Promise<void>) {
    super(message);
    this.settled = settled;
    // Not everybody who hears of the doubt waits for its end.
    settled.catch(() => undefined);
  }
}

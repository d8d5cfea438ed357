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

/** The stream was last written by a clock far ahead of this one: times recorded now would be lies. */
export class ClockBehind extends TryAgainLater {
  override readonly name = 'ClockBehind';
}

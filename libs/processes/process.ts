/** Background work in rounds, done by one replica at a time. Says what to do in a round; ProcessRunner does the rest. */
export interface Process {
  /** Names its lease and its metrics. */
  readonly name: string;
  /** What it waits for when it starts, in the words of the log. */
  readonly waitsFor: string;
  /** Throws until that is there, e.g. until the migrations have run. */
  assertThere(): Promise<void>;
  /** From the end of one round to the next. */
  readonly everyMs: number;
  /** One round. It should return early once the signal is aborted; when it throws, a later round tries again. */
  round(signal: AbortSignal): Promise<void>;
}

import type { Closing } from './closing.ts';
import type { Options } from './options.ts';

export interface Context {
  root: string;
  options: Options;
  /** Aborted when the stack is to stop, even half started. */
  signal: AbortSignal;
  closing: Closing;
  /** Stops the whole stack because of a failure. */
  fail: (why: string) => void;
}

import type { Closing } from './closing.ts';
import type { Options } from './options.ts';

export interface Context {
  root: string;
  options: Options;
  /** Aborted when the stack must stop, also during the start. */
  signal: AbortSignal;
  closing: Closing;
  /** Stops the whole stack because of a failure. */
  fail: (why: string) => void;
}

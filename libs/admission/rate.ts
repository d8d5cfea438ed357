/** How many requests of one sender are allowed in a window; 0 for no limit. */
export interface Pace {
  /** What is counted together: reads are not held against writes. */
  readonly name: string;
  readonly requestsMax: number;
  readonly windowMs: number;
}

/** What a sender has left of their pace. */
export interface Rate {
  readonly requestsMax: number;
  readonly left: number;
  /** Until all of it is there again. */
  readonly wholeInMs: number;
  readonly windowMs: number;
}

export type Taken =
  | { readonly outcome: 'taken'; readonly rate: Rate | undefined }
  | { readonly outcome: 'too-fast'; readonly rate: Rate; readonly retryAfterMs: number };

/** Counts a request against its sender's pace, or says that there is none left. */
export interface RateLimit {
  take(sender: string): Taken | Promise<Taken>;
}

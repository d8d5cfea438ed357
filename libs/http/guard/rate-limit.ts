/** Requests allowed per sender and window; 0 for no limit. */
export interface RateLimitRule {
  /** Names the count: reads and writes are counted separately. */
  readonly name: string;
  readonly requestsMax: number;
  readonly windowMs: number;
}

/** What remains of a sender's limit. */
export interface Rate {
  readonly requestsMax: number;
  readonly left: number;
  /** Milliseconds until the full limit is available again. */
  readonly wholeInMs: number;
  readonly windowMs: number;
}

export type Taken =
  | { readonly outcome: 'taken'; readonly rate: Rate | undefined }
  | { readonly outcome: 'too-fast'; readonly rate: Rate; readonly retryAfterMs: number };

/** Counts a request against the limit of its sender, or reports that it is exhausted. */
export interface RateLimit {
  take(sender: string): Taken | Promise<Taken>;
}

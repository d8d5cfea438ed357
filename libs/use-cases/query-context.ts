/** How a query is asked. */
export interface QueryContext {
  /** Whoever asks has just waited for a write, and is to see it. */
  readonly fresh: boolean;
}

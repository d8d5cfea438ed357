/** How fresh an answer has to be. */
export interface Freshness {
  /** Whoever asks has just waited for the tables: what they show now is the least that is to be answered. */
  readonly fresh?: boolean;
}

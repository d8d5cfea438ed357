/** How long a store may keep its caller waiting. Tests ask for less. */
export interface StoreTimeouts {
  /** Until a connection stands. */
  readonly connectMs: number;
  /** Until the answer to one question is there. */
  readonly answerMs: number;
}

export const defaultTimeouts: StoreTimeouts = { connectMs: 3000, answerMs: 10_000 };

/** The answer to a request, stored for its retries. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The use of an Idempotency-Key by one request. It ends once, in one of three ways. */
export interface KeyClaim {
  /** Stores the answer. It is not awaited, because the event store knows what was recorded. */
  answered(answer: Answer): void;
  /** Nothing was recorded: the key is free again. */
  free(): void;
  /**
   * The outcome is unknown: only the same request may be repeated, and only after the doubt is resolved. Before that,
   * the first attempt might still be recorded after another was rejected.
   */
  unsettled(doubt?: Promise<void>): void;
}

/** The Redis key of a user's Idempotency-Keys, on the same hash tag as their other data. */
export function keyPlaces(userId: string, key: string): string {
  return `{${userId}}:key:${key}`;
}

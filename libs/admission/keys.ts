/** What was answered to a request, to be answered to its retries. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The use of an idempotency key by one request, which ends in one of three ways, once. */
export interface KeyClaim {
  /** This is the answer from now on. Not awaited by anybody: the event store itself knows what was recorded. */
  answered(answer: Answer): void;
  /** Surely nothing was recorded: the key is as good as new. */
  free(): void;
  /**
   * Nobody can say what was recorded: the same request may ask again, and no other. Not before the doubt is over, if there
   * is one: until then the first try might still be recorded, after another was refused.
   */
  unsettled(doubt?: Promise<void>): void;
}

/** Where the keys of somebody are: beside everything else that is kept of them. */
export function keyPlaces(userId: string, key: string): string {
  return `{${userId}}:key:${key}`;
}

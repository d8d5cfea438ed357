/** Milliseconds since 1970, with fractions; the same clock in all processes of a machine. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}

/** An event that a client has got: of which subject, with how many units left, and when. */
export type Receipt = readonly [subject: number, stock: number, at: number];

export interface LiveClientsTask {
  readonly url: string;
  /** One for each stream. */
  readonly subjects: readonly number[];
}

/** What the clients answer. */
export type ClientsReply = { readonly opened: number } | { readonly receipts: readonly Receipt[] };

/** The server takes that many in one header. */
const tokensMax = 20;
/** Until then a read model has caught up, or an operator knows that it does not. */
const keptMs = 600_000;

/** A moment between the answers of writes. */
export type Moment = number;

interface Seen {
  readonly token: string;
  readonly answered: Moment;
  readonly at: number;
}

/**
 * The Consistency-Tokens of the writes that the next read has to see. A write that was sent after the answer of another is
 * recorded after it, so its token stands for both. Of writes under way at the same time, the tokens do not tell which is
 * later, so all of them are kept.
 */
export class SeenWrites {
  #seen: readonly Seen[] = [];
  #now: Moment = 0;

  get now(): Moment {
    return this.#now;
  }

  /** @param sent When the write was sent first; undefined if it may have been recorded before that. */
  add(token: string, sent: Moment | undefined): void {
    this.#now += 1;
    const others = this.#seen.filter((seen) => seen.token !== token && (sent === undefined || seen.answered > sent));
    this.#seen = [...others, { token, answered: this.#now, at: Date.now() }].slice(-tokensMax);
  }

  header(): string | undefined {
    this.#seen = this.#seen.filter(({ at }) => Date.now() - at < keptMs);
    return this.#seen.length === 0 ? undefined : this.#seen.map(({ token }) => token).join(', ');
  }

  /** Of another system, or of before its restoration. */
  forget(header: string): void {
    const tokens = new Set(header.split(', '));
    this.#seen = this.#seen.filter(({ token }) => !tokens.has(token));
  }
}

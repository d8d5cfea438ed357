/** What a test can make the server do. */
export class Faults {
  /** It answers, and serves nothing yet. */
  booting = false;
  /** It is a follower, and says so to whoever requires the leader: where that is, if it knows. */
  leaderElsewhere: { readonly host: string; readonly port: number } | 'unknown' | undefined;
  /** What befalls the connection at an append, once for each: before it is written, or after and before the answer. */
  readonly cuts: ('before the commit' | 'after the commit')[] = [];
  /** Each append is answered once more, later. */
  answersTwice = false;
  /** Appends are answered without saying where they went. */
  omitsPositions = false;
  /** What every append is answered with instead of being written. */
  refusesAppendsWith: 'Timeout' | 'Unknown' | 'AccessDenied' | 'Server Is Busy' | undefined;
  /** Streams are read without their last so many records, as if those were not yet indexed. */
  hidesLast = 0;
  /** Appends are written and their answers held back, until released. */
  holdsAnswers = false;
  readonly #held: (() => void)[] = [];

  hold(answer: () => void): void {
    if (this.holdsAnswers) this.#held.push(answer);
    else answer();
  }

  release(): void {
    this.holdsAnswers = false;
    for (const answer of this.#held.splice(0)) answer();
  }
}

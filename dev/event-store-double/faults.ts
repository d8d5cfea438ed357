/** Faults that a test can inject. */
export class Faults {
  /** It answers, but is not ready to serve. */
  booting = false;
  /** It is a follower, and rejects calls that require the leader, with the address of the leader if known. */
  leaderElsewhere: { readonly host: string; readonly port: number } | 'unknown' | undefined;
  /** Connection failures at appends, one per append: before the write, or between the write and the answer. */
  readonly cuts: ('before the commit' | 'after the commit')[] = [];
  /** Each append is answered a second time, later. */
  answersTwice = false;
  /** Appends are answered without their position. */
  omitsPositions = false;
  /** The error that answers every append, which is then not written. */
  rejectsAppendsWith: 'Timeout' | 'Unknown' | 'AccessDenied' | 'Server Is Busy' | undefined;
  /** Streams are read without their last records, as if those were not indexed yet. */
  hidesLast = 0;
  /** Appends are written, but their answers are held back until released. */
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

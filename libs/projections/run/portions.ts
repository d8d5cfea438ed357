import type { AllPage, Position, RecordedEvent } from '#event-store';

export interface Portion {
  readonly events: readonly RecordedEvent[];
  /** Where the checkpoint is once it is written. */
  readonly to: Position;
}

/** Pages are read by their size; how long they take to write is another matter: a page that takes long goes in parts. */
export class Portions {
  readonly #msMax: number;
  #eventsMax = Infinity;

  constructor(msMax: number) {
    this.#msMax = msMax;
  }

  /** Each portion is as large as is right by the time that it is asked for. */
  *of({ events }: AllPage, end: Position): Generator<Portion> {
    let from = 0;
    do {
      const portion = events.slice(from, from + this.#eventsMax);
      from += portion.length;
      yield { events: portion, to: from < events.length ? (portion.at(-1)?.position ?? end) : end };
    } while (from < events.length);
  }

  /** Slow ones halve the next, quick ones double it. */
  took(events: number, ms: number): void {
    if (ms > this.#msMax) this.#eventsMax = Math.max(Math.floor(Math.min(events, this.#eventsMax) / 2), 1);
    else if (ms < this.#msMax / 4) this.#eventsMax *= 2;
  }
}

import type { AllPage, Position, RecordedEvent } from '#event-store';

export interface Portion {
  readonly events: readonly RecordedEvent[];
  /** The checkpoint after it is written. */
  readonly to: Position;
}

/** Pages are limited by size when read; if writing takes long, a page is written in portions. */
export class Portions {
  readonly #msMax: number;
  #eventsMax = Infinity;

  constructor(msMax: number) {
    this.#msMax = msMax;
  }

  /** The size of each portion is determined when it is requested. */
  *of({ events }: AllPage, end: Position): Generator<Portion> {
    let from = 0;
    do {
      const portion = events.slice(from, from + this.#eventsMax);
      from += portion.length;
      yield { events: portion, to: from < events.length ? (portion.at(-1)?.position ?? end) : end };
    } while (from < events.length);
  }

  /** A slow portion halves the size of the next, a fast one doubles it. */
  took(events: number, ms: number): void {
    if (ms > this.#msMax) this.#eventsMax = Math.max(Math.floor(Math.min(events, this.#eventsMax) / 2), 1);
    else if (ms < this.#msMax / 4) this.#eventsMax *= 2;
  }
}

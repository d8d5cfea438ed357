const dayMs = 86_400_000;

/** Wall clocks in a time zone. A local time is written as the milliseconds since 1970 that it would be in UTC. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    // In Swedish, a time is written as in ISO 8601.
    this.#format = new Intl.DateTimeFormat('sv', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  }

  /**
   * The first moment at which clocks show this local time, as RFC 5545 reads one that they show twice; undefined if they
   * are put forward over it. Clocks may be changed within a day of it, once.
   */
  momentOf(local: number): number | undefined {
    const offsets = new Set([local - dayMs, local + dayMs].map((moment) => this.#shownAt(moment) - moment));
    const moments = [...offsets].map((offset) => local - offset).filter((moment) => this.#shownAt(moment) === local);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  #shownAt(moment: number): number {
    return Date.parse(`${this.#format.format(moment).replace(' ', 'T')}Z`);
  }
}

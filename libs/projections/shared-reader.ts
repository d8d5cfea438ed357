import type { AllPage, EventStore, Position } from '#event-store';

const pagesKeptMax = 16;

/**
 * The pages of a store for several projections of one process: those at the same place read each page once. A page that
 * is asked for ahead of its turn is on its way when its turn comes.
 */
export class SharedReader {
  readonly #store: EventStore;
  readonly #pageEventsMax: number;
  readonly #pages = new Map<string, Promise<AllPage>>();
  readonly #underWay = new Set<string>();

  constructor(store: EventStore, pageEventsMax: number) {
    this.#store = store;
    this.#pageEventsMax = pageEventsMax;
  }

  /** A page that was asked for before the ring may not have what it rang for: nobody may be given it after. */
  onAppend(ring: () => void): () => void {
    return this.#store.onAppend(() => {
      for (const key of this.#underWay) this.#pages.delete(key);
      this.#underWay.clear();
      ring();
    });
  }

  page(after: Position | undefined): Promise<AllPage> {
    const key = after ?? '';
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page = this.#store.readAll(after, this.#pageEventsMax);
    this.#pages.set(key, page);
    this.#underWay.add(key);
    page.then(
      ({ end }) => this.#settle(key, page, end !== after),
      () => this.#settle(key, page, false),
    );
    for (const [oldest] of this.#pages) {
      if (this.#pages.size <= pagesKeptMax) break;
      this.#pages.delete(oldest);
    }
    return page;
  }

  /** Only a page that has something is worth keeping: of an empty or failed one there may be news at any time. */
  #settle(key: string, page: Promise<AllPage>, worthKeeping: boolean): void {
    if (this.#pages.get(key) !== page) return;
    this.#underWay.delete(key);
    if (!worthKeeping) this.#pages.delete(key);
  }

  /** Whether a page was as long as pages may be: then there is more. */
  isFull({ events }: AllPage): boolean {
    return events.length >= this.#pageEventsMax;
  }
}

import { storeOf, type AllPage, type EventCount, type EventStore, type Position } from '#event-store';

export interface PageBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

interface Shared {
  readonly after: Position | undefined;
  readonly page: Promise<AllPage>;
  /** Once it is there. */
  known: AllPage | undefined;
  /** As many as it may come to have, while it is under way. */
  bytes: number;
}

const pagesKeptMax = 16;
const largestPagesKeptMax = 4;

/**
 * The pages of a store for several projections of one process: those at the same place read each page once. A page that
 * is asked for ahead of its turn is on its way when its turn comes, if there is room for it.
 */
export class SharedReader {
  readonly #store: EventStore;
  readonly #bounds: PageBounds;
  readonly #pages = new Map<string, Shared>();
  readonly #underWay = new Set<string>();
  #bytes = 0;

  constructor(store: EventStore, bounds: PageBounds) {
    this.#store = store;
    this.#bounds = bounds;
  }

  /** A page that was asked for before the ring may not have what it rang for: nobody may be given it after. */
  onAppend(ring: () => void): () => void {
    return this.#store.onAppend(() => {
      for (const key of this.#underWay) this.#forget(key);
      ring();
    });
  }

  page(after: Position | undefined): Promise<AllPage> {
    const key = after ?? '';
    const present = this.#pages.get(key)?.page ?? this.#restOfPage(after);
    if (present !== undefined) return present;
    const page = this.#store.readAll(after, this.#bounds.eventsMax, this.#bounds.bytesMax);
    const shared: Shared = { after, page, known: undefined, bytes: this.#bounds.bytesMax };
    this.#pages.set(key, shared);
    this.#underWay.add(key);
    this.#bytes += shared.bytes;
    page.then(
      (known) => this.#settle(key, shared, known.end === after ? undefined : known),
      () => this.#settle(key, shared, undefined),
    );
    this.#makeRoom();
    return page;
  }

  /** Not while so many are on their way already that they could fill all the room: then it is read in its turn. */
  readAhead(after: Position): void {
    if (this.#underWay.size >= largestPagesKeptMax) return;
    this.page(after).catch(() => undefined);
  }

  countAfter(position: Position | undefined): Promise<EventCount> {
    return this.#store.countAfter(position);
  }

  /** Only a page that has something is worth keeping: of an empty or failed one there may be news at any time. */
  #settle(key: string, shared: Shared, known: AllPage | undefined): void {
    if (this.#pages.get(key) !== shared) return;
    this.#underWay.delete(key);
    if (known === undefined) return this.#forget(key);
    shared.known = known;
    this.#bytes += known.bytes - shared.bytes;
    shared.bytes = known.bytes;
  }

  /** Whoever stands in the middle of a page that another read goes on with the rest of it, and then in step with it. */
  #restOfPage(after: Position | undefined): Promise<AllPage> | undefined {
    if (after === undefined || storeOf(after) !== this.#store.id) return undefined;
    for (const { after: before, known } of this.#pages.values()) {
      if (known?.end === undefined || (before !== undefined && before > after) || known.end <= after) continue;
      return Promise.resolve({ ...known, events: known.events.filter(({ position }) => position > after) });
    }
    return undefined;
  }

  #makeRoom(): void {
    const bytesMax = largestPagesKeptMax * this.#bounds.bytesMax;
    for (const key of this.#pages.keys()) {
      if (this.#pages.size <= pagesKeptMax && this.#bytes <= bytesMax) return;
      if (!this.#underWay.has(key)) this.#forget(key);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#pages.get(key)?.bytes ?? 0;
    this.#pages.delete(key);
    this.#underWay.delete(key);
  }
}

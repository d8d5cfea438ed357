import { storeOf, type AllPage, type EventCount, type EventStore, type Position } from '#event-store';

export interface PageBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

interface Shared {
  readonly after: Position | undefined;
  readonly page: Promise<AllPage>;
  /** The page, when it has arrived. */
  known: AllPage | undefined;
  /** Its size in bytes; the maximum while it is being read. */
  bytes: number;
}

const pagesKeptMax = 16;
const largestPagesKeptMax = 4;

/**
 * Shares the pages of a store between the projections of a process: projections at the same position read each page
 * once. Pages can be read ahead if there is room.
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

  /** A page requested before a notification may lack the new events, so it must not be used afterwards. */
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

  /** Not if the pages being read could already fill the room; then the page is read when needed. */
  readAhead(after: Position): void {
    if (this.#underWay.size >= largestPagesKeptMax) return;
    this.page(after).catch(() => undefined);
  }

  countAfter(position: Position | undefined): Promise<EventCount> {
    return this.#store.countAfter(position);
  }

  /** Only non-empty pages are kept; an empty or failed one may change at any time. */
  #settle(key: string, shared: Shared, known: AllPage | undefined): void {
    if (this.#pages.get(key) !== shared) return;
    this.#underWay.delete(key);
    if (known === undefined) return this.#forget(key);
    shared.known = known;
    this.#bytes += known.bytes - shared.bytes;
    shared.bytes = known.bytes;
  }

  /** A projection whose position is inside a page uses the rest of it, and is then in step with the others. */
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

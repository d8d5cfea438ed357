import type { Position } from '#event-store';
import { viewOf, type ChangeNotice } from '#projections';
import type { ListKind } from './followed.ts';
import type { LiveList } from './live-list.ts';
import type { InTurn } from './subject.ts';

type Columns = readonly string[];

export interface FeedParts {
  readonly inTurn: InTurn;
  readonly noteSent: (heardAt: number) => void;
  /** Reads a list again, until that succeeds. */
  readonly mark: (list: LiveList) => void;
}

const dirtyRowsMax = 5000;
const retryAfterMs = 500;

/** Reads each row of a kind of list that has changed once, for all lists of that kind in this process. */
export class ListFeed {
  readonly lists = new Set<LiveList>();
  readonly #kind: ListKind;
  readonly #parts: FeedParts;
  /** View → rows that changed, by the columns of their keys. */
  #dirty = new Map<string, Map<string, Columns>>();
  #upTo = new Map<string, Position>();
  #heardAt: number | undefined;
  #isReading = false;
  #polling: NodeJS.Timeout | undefined;

  constructor(kind: ListKind, parts: FeedParts) {
    this.#kind = kind;
    this.#parts = parts;
  }

  add(list: LiveList): void {
    this.lists.add(list);
    const { pollMs } = this.#kind;
    if (pollMs === undefined) return;
    this.#polling ??= setInterval(() => {
      for (const one of this.lists) this.#parts.mark(one);
    }, pollMs).unref();
  }

  remove(list: LiveList): void {
    this.lists.delete(list);
    if (this.lists.size > 0) return;
    clearInterval(this.#polling);
    this.#polling = undefined;
    this.#dirty.clear();
    this.#upTo.clear();
  }

  reads(view: string): boolean {
    return this.#kind.projections.some((projection) => viewOf(projection) === view);
  }

  hear({ view, keys = [], position }: ChangeNotice): void {
    if (this.lists.size === 0 || !this.reads(view)) return;
    for (const columns of keys) if (this.#kind.isMeant?.(view, columns) ?? true) this.#note(view, columns);
    if (position !== undefined) this.#upTo.set(view, position);
    this.#heardAt ??= performance.now();
    void this.#read();
  }

  /** A row of the first projection. */
  reread(columns: Columns): void {
    const [first] = this.#kind.projections;
    if (first === undefined) return;
    this.#note(viewOf(first), columns);
    void this.#read();
  }

  gap(): void {
    this.#dirty.clear();
    this.#upTo.clear();
    for (const list of this.lists) list.gap();
  }

  #note(view: string, columns: Columns): void {
    const rows = this.#dirty.get(view) ?? new Map<string, Columns>();
    rows.set(columns.join(' '), columns);
    this.#dirty.set(view, rows);
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    // Whatever else is heard in this turn of the event loop goes with it.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#dirty.size > 0 || this.#upTo.size > 0) {
      const [dirty, upTo, heardAt] = [this.#dirty, this.#upTo, this.#heardAt];
      this.#dirty = new Map();
      this.#upTo = new Map();
      this.#heardAt = undefined;
      try {
        await this.#take(dirty, upTo);
        if (heardAt !== undefined && dirty.size > 0) this.#parts.noteSent(heardAt);
      } catch {
        await this.#putBack(dirty, upTo);
      }
    }
    this.#isReading = false;
  }

  async #take(dirty: Map<string, Map<string, Columns>>, upTo: ReadonlyMap<string, Position>): Promise<void> {
    const keysOf = (view: string): readonly Columns[] => [...(dirty.get(view)?.values() ?? [])];
    const rows = dirty.size === 0 ? [] : await this.#parts.inTurn(() => this.#kind.changed(keysOf));
    for (const list of this.lists) list.take(rows, upTo);
  }

  /** After an outage they are read again; if they have become too many, everything is. */
  async #putBack(dirty: Map<string, Map<string, Columns>>, upTo: ReadonlyMap<string, Position>): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs).unref());
    for (const [view, rows] of dirty) for (const columns of rows.values()) this.#note(view, columns);
    for (const [view, position] of upTo) if (!this.#upTo.has(view)) this.#upTo.set(view, position);
    const count = [...this.#dirty.values()].reduce((sum, rows) => sum + rows.size, 0);
    if (count <= dirtyRowsMax) return;
    this.gap();
    for (const list of this.lists) this.#parts.mark(list);
  }
}

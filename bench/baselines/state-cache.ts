import { stockAggregate, type Stock } from '#domain';
import { codecOf, type EventStore } from '#event-store';

export interface KnownState {
  readonly state: Stock;
  /** -1 for a stream without events. */
  readonly revision: number;
}

const pageEvents = 1000;

/** The latest known state of each stream. Never evicts, because the streams of a benchmark fit in memory. */
export class StateCache {
  readonly #store: EventStore;
  readonly #known = new Map<string, KnownState>();
  readonly #loading = new Map<string, Promise<KnownState>>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  peek(stream: string): KnownState | undefined {
    return this.#known.get(stream);
  }

  async get(stream: string): Promise<KnownState> {
    return this.#known.get(stream) ?? this.catchUp(stream);
  }

  put(stream: string, known: KnownState): void {
    if (known.revision > (this.#known.get(stream)?.revision ?? -2)) this.#known.set(stream, known);
  }

  /** Concurrent readers share one read. */
  async catchUp(stream: string): Promise<KnownState> {
    const underWay = this.#loading.get(stream);
    if (underWay !== undefined) return underWay;
    const loading = this.#read(stream).finally(() => this.#loading.delete(stream));
    this.#loading.set(stream, loading);
    return loading;
  }

  async #read(stream: string): Promise<KnownState> {
    let { state, revision } = this.#known.get(stream) ?? { state: stockAggregate.initial, revision: -1 };
    for (;;) {
      const page = await this.#store.readStream(stream, { from: revision + 1, limit: pageEvents });
      for (const event of page) state = stockAggregate.evolve(state, codecOf(stockAggregate).decode(event));
      revision += page.length;
      if (page.length < pageEvents) break;
    }
    this.put(stream, { state, revision });
    return { state, revision };
  }
}

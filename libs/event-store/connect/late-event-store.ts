import { StoreUnavailable } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import type { EventStore, ExpectedRevision, StreamPageRequest } from '../event-store.ts';
import type { Position } from '../position.ts';
import { connectEventStore } from './connect-event-store.ts';

/** An event store that is connected in the background; until then it behaves like an unavailable one. */
export class LateEventStore implements EventStore {
  readonly #url: string;
  #store: EventStore | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async reach(): Promise<void> {
    this.#store ??= await connectEventStore(this.#url);
  }

  get id(): string {
    return this.#reached.id;
  }

  get appendBytesMax(): number {
    return this.#reached.appendBytesMax;
  }

  /** Not every store has it; undefined until the store is connected. */
  get findEvents(): EventStore['findEvents'] {
    return this.#store?.findEvents?.bind(this.#store);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) {
    return this.#reached.append(stream, expected, events);
  }

  async readStream(stream: string, request: StreamPageRequest) {
    return this.#reached.readStream(stream, request);
  }

  async readAll(after: Position | undefined, limit: number, bytesMax?: number) {
    return this.#reached.readAll(after, limit, bytesMax);
  }

  async countAfter(after: Position | undefined) {
    return this.#reached.countAfter(after);
  }

  async head() {
    return this.#reached.head();
  }

  async assertTakesAppends(): Promise<void> {
    await this.#reached.assertTakesAppends();
  }

  onAppend(ring: () => void): () => void {
    return this.#reached.onAppend(ring);
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  get #reached(): EventStore {
    if (this.#store === undefined) throw new StoreUnavailable('the event store has not been reached yet');
    return this.#store;
  }
}

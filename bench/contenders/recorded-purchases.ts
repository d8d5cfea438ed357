import { stockAggregate } from '#domain';
import { codecOf, type EventStore, type Position, type RecordedEvent } from '#event-store';

// Small, so that counting adds little to the measured memory.
const pageEvents = 500;

const counters = new Map<string, RecordedPurchases>();

/**
 * Counts purchases in the event store itself, in the streams of one category, each event once, and checks every balance
 * on the way.
 */
export class RecordedPurchases {
  #store: EventStore;
  readonly #category: string;
  readonly #takenOf = new Map<string, number>();
  #position: Position | undefined;
  #count = 0;

  private constructor(store: EventStore, category: string, position: Position | undefined) {
    this.#store = store;
    this.#category = category;
    this.#position = position;
  }

  /** Starts at the current end of the store; continues an earlier count of this process. */
  static async in(store: EventStore, category: string): Promise<RecordedPurchases> {
    const name = `${category} ${store.id}`;
    const counted = counters.get(name) ?? new RecordedPurchases(store, category, await store.head());
    counters.set(name, counted);
    counted.#store = store;
    return counted;
  }

  async count(): Promise<number> {
    const ids = new Set<string>();
    for (;;) {
      const { events, end } = await this.#store.readAll(this.#position, pageEvents);
      if (end === this.#position) return (this.#count += ids.size);
      this.#position = end;
      for (const event of events) this.#check(event, ids);
    }
  }

  #check(recorded: RecordedEvent, ids: Set<string>): void {
    // A shared store may contain streams of other writers.
    if (!recorded.stream.startsWith(`${this.#category}-`)) return;
    const event = codecOf(stockAggregate).decode(recorded);
    if (event.type !== 'UnitsPurchased') return;
    const taken = (this.#takenOf.get(recorded.stream) ?? 0) + event.quantity;
    if (ids.has(event.purchaseId)) throw new Error(`${event.purchaseId} was recorded twice`);
    if (event.balance.available < 0 || event.balance.taken !== taken) throw new Error(`${recorded.stream} oversold`);
    ids.add(event.purchaseId);
    this.#takenOf.set(recorded.stream, taken);
  }
}

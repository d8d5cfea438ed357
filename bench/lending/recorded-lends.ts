import { requestAggregate, stockAggregate } from '#domain';
import { codecOf, type EventStore, type Position, type RecordedEvent } from '#event-store';

const pageEvents = 1000;

/** Counts lends and acceptances in the event store itself, each event once, and checks every balance on the way. */
export class RecordedLends {
  readonly #store: EventStore;
  readonly #outstanding = new Map<number, number>();
  readonly #lent = new Map<string, number>();
  readonly #accepted = new Map<string, number>();
  #position: Position | undefined;
  #made = 0;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Lends and acceptances so far. Throws unless each stock has lent what is out, and each request what was accepted. */
  async count(): Promise<number> {
    for (;;) {
      const { events, end } = await this.#store.readAll(this.#position, pageEvents);
      if (end === this.#position) return this.#made;
      this.#position = end;
      for (const event of events) {
        if (event.stream.startsWith('stock-')) this.#noteStock(event);
        if (event.stream.startsWith('request-')) this.#noteRequest(event);
      }
    }
  }

  #noteStock(recorded: RecordedEvent): void {
    const event = codecOf(stockAggregate).decode(recorded);
    if (event.type === 'UnitsLent' || event.type === 'UnitsReturned') {
      const isKnown = this.#outstanding.has(event.lendId);
      if (isKnown === (event.type === 'UnitsLent')) throw new Error(`lend ${event.lendId} has ${event.type} twice`);
      const outstanding = event.quantity - event.returnedQuantity;
      const before = this.#outstanding.get(event.lendId) ?? 0;
      if (outstanding > 0) this.#outstanding.set(event.lendId, outstanding);
      else this.#outstanding.delete(event.lendId);
      this.#lent.set(recorded.stream, (this.#lent.get(recorded.stream) ?? 0) + outstanding - before);
      if (event.type === 'UnitsLent') this.#made += 1;
    }
    const { available, lent } = event.balance;
    const out = this.#lent.get(recorded.stream) ?? 0;
    if (available < 0 || lent !== out) throw new Error(`${recorded.stream} has lent ${lent}, of which ${out} are out`);
  }

  #noteRequest(recorded: RecordedEvent): void {
    const event = codecOf(requestAggregate).decode(recorded);
    if (event.type !== 'RequestAccepted') return;
    const accepted = (this.#accepted.get(recorded.stream) ?? 0) + event.acceptance.qty;
    if (event.currentQty !== accepted) throw new Error(`${recorded.stream} has ${event.currentQty} of ${accepted}`);
    this.#accepted.set(recorded.stream, accepted);
    this.#made += 1;
  }
}

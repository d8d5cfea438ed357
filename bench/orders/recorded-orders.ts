import { claimsOf, itemStock, orderAggregate, stockAggregate, stockStream, type OrderEvent } from '#domain';
import { codecOf, type EventStore, type Position, type RecordedEvent } from '#event-store';

const pageEvents = 1000;

interface Claim {
  readonly stock: string;
  readonly quantity: number;
}

/** Counts orders in the event store itself, each event once, and checks every balance on the way. */
export class RecordedOrders {
  readonly #store: EventStore;
  /** Of orders that are neither rejected nor settled. */
  readonly #claims = new Map<string, readonly Claim[]>();
  readonly #unfinished = new Set<string>();
  readonly #reserved = new Map<string, number>();
  readonly #reservedInStock = new Map<string, number>();
  #position: Position | undefined;
  #placed = 0;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** The orders placed so far. Throws unless each stock has reserved exactly what their open lines name. */
  async count(): Promise<number> {
    for (;;) {
      const { events, end } = await this.#store.readAll(this.#position, pageEvents);
      if (end === this.#position) break;
      this.#position = end;
      for (const event of events) this.#note(event);
    }
    if (this.#unfinished.size > 0) throw new Error(`${this.#unfinished.size} orders are not finished`);
    for (const [stock, reserved] of this.#reservedInStock) {
      const wanted = this.#reserved.get(stock) ?? 0;
      if (reserved !== wanted) throw new Error(`${stock} has reserved ${reserved}, and its orders name ${wanted}`);
    }
    return this.#placed;
  }

  #note(recorded: RecordedEvent): void {
    if (recorded.stream.startsWith('order-')) this.#noteOrder(codecOf(orderAggregate).decode(recorded));
    if (!recorded.stream.startsWith('stock-')) return;
    const event = codecOf(stockAggregate).decode(recorded);
    if (!('balance' in event)) return;
    const { available, total, reserved } = event.balance;
    if (available < 0 || available + reserved !== total) throw new Error(`${recorded.stream} oversold`);
    this.#reservedInStock.set(recorded.stream, reserved);
  }

  #noteOrder(event: OrderEvent): void {
    if (event.type === 'OrderDeclined') return;
    const { orderId, awaits } = event;
    if (awaits === null) this.#unfinished.delete(orderId);
    else this.#unfinished.add(orderId);
    switch (event.type) {
      case 'OrderSubmitted': {
        const claims = claimsOf(event).map(({ itemId, quantity }) => ({
          stock: stockStream(itemStock(itemId)),
          quantity,
        }));
        this.#claims.set(orderId, claims);
        return;
      }
      case 'OrderPlaced':
        this.#placed += 1;
        return this.#change(orderId, 1);
      case 'OrderCancelled':
        this.#change(orderId, -1);
        this.#claims.delete(orderId);
        return;
      case 'OrderRejected':
        this.#claims.delete(orderId);
        return;
      case 'OrderProcessingStarted':
      case 'OrderPaid':
      case 'OrderShipped':
      case 'OrderCompleted':
      case 'OrderSettled':
        return;
    }
  }

  #change(orderId: string, sign: 1 | -1): void {
    for (const { stock, quantity } of this.#claims.get(orderId) ?? []) {
      this.#reserved.set(stock, (this.#reserved.get(stock) ?? 0) + sign * quantity);
    }
  }
}

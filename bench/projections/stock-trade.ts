import { randomUUID } from 'node:crypto';
import { isRejected, stockAggregate, type StockCommand } from '#domain';
import { codecOf, type NewEvent } from '#event-store';

const unitsOfEach = 1_000_000;
const holdTtlMs = 24 * 60 * 60 * 1000;

export function itemName(index: number): string {
  return `prod_${String(index).padStart(5, '0')}`;
}

/**
 * The history of one stock: after the first event, repeated groups of eight: four sales, two holds, and the ends of the
 * holds.
 */
export class StockTrade {
  readonly #stream: string;
  #stock = stockAggregate.initial;
  #revision = -1;
  #openHolds: string[] = [];

  constructor(stream: string) {
    this.#stream = stream;
  }

  next(at: number): NewEvent & { readonly stream: string; readonly revision: number } {
    const decision = stockAggregate.decide({ ...this.#command(), at }, this.#stock);
    if (isRejected(decision) || decision.length !== 1 || decision[0] === undefined) {
      throw new Error(`${this.#stream}: ${JSON.stringify(decision)}`);
    }
    this.#stock = stockAggregate.evolve(this.#stock, decision[0]);
    this.#revision += 1;
    const id = randomUUID();
    const metadata = { $correlationId: id, $causationId: id, commandId: id, userId: customerOf(at), at };
    return {
      ...codecOf(stockAggregate).encode(id, decision[0], metadata),
      stream: this.#stream,
      revision: this.#revision,
    };
  }

  #command(): StockCommand {
    if (this.#revision < 0) return { type: 'Provide', quantity: unitsOfEach, provideId: null };
    const turn = this.#revision % 8;
    const customerId = customerOf(this.#revision);
    if (turn % 2 === 0) return { type: 'Purchase', purchaseId: randomUUID(), customerId, quantity: 1 };
    const [holdId] = this.#openHolds;
    if (turn < 4 || holdId === undefined) {
      const made = randomUUID();
      this.#openHolds.push(made);
      return { type: 'Hold', holdId: made, customerId, quantity: 2, ttlMs: holdTtlMs };
    }
    this.#openHolds = this.#openHolds.slice(1);
    return turn === 5
      ? { type: 'ConfirmHold', holdId, customerId: null }
      : { type: 'CancelHold', holdId, customerId: null };
  }
}

function customerOf(seed: number): string {
  return `user_${String(seed % 1000).padStart(12, '0')}`;
}

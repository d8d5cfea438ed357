import { commandIdOf } from '#commands';
import { exchange, isFinal, type Reply, type Write } from '../end-to-end/linearizable/exchange.ts';
import type { Operation } from '../end-to-end/linearizable/history.ts';
import type { HotStock } from '../end-to-end/linearizable/hot-stock.ts';

interface Purchase {
  readonly write: Write;
  readonly sent: number;
}

const ask = { type: 'purchase', quantity: 1 } as const;
const giveUpShare = 0.05;

/** Buys unit after unit with many requests in flight, and asks again elsewhere, with the same key, for each answer that is lost. */
export class Buyers {
  readonly operations: Operation[] = [];
  /** Requests that were sent and not answered. */
  lost = 0;
  readonly #stock: HotStock;
  readonly #person: { readonly userId: string; readonly token: string };
  readonly #origins: readonly string[];
  readonly #again: Purchase[] = [];
  #answers = 0;
  #ticks = 0;
  #stopped = false;
  #awaited = { answers: Number.POSITIVE_INFINITY, reached: (): void => undefined };

  constructor(stock: HotStock, person: { userId: string; token: string }, origins: readonly string[]) {
    this.#stock = stock;
    this.#person = person;
    this.#origins = origins;
  }

  async run(inFlight: number): Promise<void> {
    await Promise.all(Array.from({ length: inFlight }, () => this.#buy()));
  }

  /** No more purchases; those that are begun are brought to their ends. */
  stop(): void {
    this.#stopped = true;
  }

  /** Until so many more are answered. */
  answered(count: number): Promise<void> {
    return new Promise((reached) => (this.#awaited = { answers: this.#answers + count, reached }));
  }

  async #buy(): Promise<void> {
    for (;;) {
      const purchase = this.#next();
      if (purchase === undefined) return;
      const origin = this.#origins[Math.floor(Math.random() * this.#origins.length)] ?? '';
      this.#hear(purchase, await exchange(origin, purchase.write));
    }
  }

  /** Something new as often as what is still to be answered: who ran that may be gone, and its key not yet free. */
  #next(): Purchase | undefined {
    if (this.#stopped || Math.random() < 0.5) {
      const again = this.#again.shift();
      if (again !== undefined || this.#stopped) return again;
    }
    const sent = ++this.#ticks;
    const write = { ...this.#stock.request(ask, undefined), token: this.#person.token, key: `purchase ${sent}` };
    return { write, sent };
  }

  #hear(purchase: Purchase, reply: Reply | undefined): void {
    if (reply === undefined) this.lost += 1;
    if (reply !== undefined && isFinal(reply)) this.#keep(purchase, reply);
    else if (reply === undefined && Math.random() < giveUpShare) this.#keep(purchase, undefined);
    else this.#again.push(purchase);
  }

  #keep({ write, sent }: Purchase, reply: Reply | undefined): void {
    const { userId } = this.#person;
    const commandId = commandIdOf(userId, write.key);
    const answered = reply === undefined ? Number.POSITIVE_INFINITY : ++this.#ticks;
    const answer = reply && this.#stock.understand(ask, reply);
    this.operations.push({ commandId, asker: { userId, isStaff: false }, ask, sent, answered, answer });
    if (reply !== undefined) this.#answers += 1;
    if (this.#answers >= this.#awaited.answers) this.#awaited.reached();
  }
}

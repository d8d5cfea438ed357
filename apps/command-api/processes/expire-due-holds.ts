import type { StockId } from '#domain';
import type { Process } from '#processes';
import type { DueList } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';
import { ExpireDueHoldsOfStock } from '../holds/expire-due-holds-of-stock.ts';

const atOnceMax = 16;
const commandTimeoutMs = 5000;

/**
 * Ends holds when their time is up, so that their units are seen to be there again. Whoever buys before it comes round
 * ends them too: nothing is sold or kept because of this process, it is only prompt.
 */
export class ExpireDueHolds implements Process {
  readonly name = 'expire-due-holds';
  readonly waitsFor = 'the holds that may be due';
  readonly everyMs = 250;
  readonly #useCases: UseCases;
  readonly #due: DueList;

  constructor(useCases: UseCases, due: DueList) {
    this.#useCases = useCases;
    this.#due = due;
  }

  async assertThere(): Promise<void> {
    await this.#due.assertThere();
  }

  async round(signal: AbortSignal): Promise<void> {
    const stocks = await this.#due.stocks(new Date());
    const waiting = stocks.values();
    await Promise.all(Array.from({ length: atOnceMax }, () => this.#expireEach(waiting, signal)));
  }

  /** The list may lag behind: a stock that has nothing due any more records nothing. */
  async #expireEach(stocks: Iterator<StockId, undefined>, signal: AbortSignal): Promise<void> {
    for (let next = stocks.next(); next.done !== true; next = stocks.next()) {
      if (signal.aborted) return;
      await this.#useCases.execute(new ExpireDueHoldsOfStock(systemContext(commandTimeoutMs), next.value));
    }
  }
}

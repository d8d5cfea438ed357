import { stockStream, type StockId } from '#domain';
import { WorkList, type Process } from '#processes';
import type { DueList } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';
import { ExpireDueHoldsOfStock } from '../holds/expire-due-holds-of-stock.ts';

const atOnceMax = 16;
const commandTimeoutMs = 5000;
// Between rounds the lease is renewed and failures are logged, also while every command fails.
const roundMsMaxDefault = 10_000;

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
  readonly #roundMsMax: number;
  readonly #stocks = new WorkList<StockId>({ atOnceMax, nameOf: stockStream });

  constructor(useCases: UseCases, due: DueList, roundMsMax = roundMsMaxDefault) {
    this.#useCases = useCases;
    this.#due = due;
    this.#roundMsMax = roundMsMax;
  }

  async assertThere(): Promise<void> {
    await this.#due.assertThere();
  }

  /** The list may lag behind: a stock that has nothing due any more records nothing. */
  async round(stopping: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.#roundMsMax)]);
    const stocks = await this.#due.stocks(new Date());
    const expire = async (stock: StockId): Promise<void> => {
      await this.#useCases.execute(new ExpireDueHoldsOfStock(systemContext(commandTimeoutMs), stock));
    };
    await this.#stocks.each(stocks, 'stocks whose due holds were not expired', expire, signal);
  }
}

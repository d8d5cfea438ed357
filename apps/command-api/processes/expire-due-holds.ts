import { stockStream, type StockId } from '#domain';
import type { Process } from '#processes';
import type { DueList } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';
import { ExpireDueHoldsOfStock } from '../holds/expire-due-holds-of-stock.ts';

const atOnceMax = 16;
const commandTimeoutMs = 5000;
// Between rounds the lease is renewed and failures are logged, also while every command fails.
const roundMsMaxDefault = 10_000;
const failedMax = 10_000;

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
  /** Stocks whose last command failed, by stream. */
  readonly #failed = new Set<string>();

  constructor(useCases: UseCases, due: DueList, roundMsMax = roundMsMaxDefault) {
    this.#useCases = useCases;
    this.#due = due;
    this.#roundMsMax = roundMsMax;
  }

  async assertThere(): Promise<void> {
    await this.#due.assertThere();
  }

  /**
   * Stocks whose command fails keep no other stock waiting: the round fails when all were tried, or its time is up, and
   * the next one tries them last.
   */
  async round(stopping: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.#roundMsMax)]);
    const stocks = await this.#due.stocks(new Date());
    const { last = [], first = [] } = Object.groupBy(stocks, (stock) => (this.#hasFailed(stock) ? 'last' : 'first'));
    const waiting = [...first, ...last].values();
    const failures: unknown[] = [];
    await Promise.all(Array.from({ length: atOnceMax }, () => this.#expireEach(waiting, failures, signal)));
    if (failures.length > 0) throw notExpired(failures);
  }

  /** The list may lag behind: a stock that has nothing due any more records nothing. */
  async #expireEach(stocks: Iterator<StockId, undefined>, failures: unknown[], signal: AbortSignal): Promise<void> {
    for (let next = stocks.next(); next.done !== true; next = stocks.next()) {
      if (signal.aborted) return;
      const command = new ExpireDueHoldsOfStock(systemContext(commandTimeoutMs), next.value);
      try {
        await this.#useCases.execute(command);
        this.#failed.delete(stockStream(next.value));
      } catch (error) {
        failures.push(error);
        if (this.#failed.size >= failedMax) this.#failed.clear();
        this.#failed.add(stockStream(next.value));
      }
    }
  }

  #hasFailed(stock: StockId): boolean {
    return this.#failed.has(stockStream(stock));
  }
}

function notExpired(failures: readonly unknown[]): Error {
  const [cause] = failures;
  const first = cause instanceof Error ? cause.message : String(cause);
  return new Error(`stocks whose due holds were not expired: ${failures.length}; the first because of: ${first}`, {
    cause,
  });
}

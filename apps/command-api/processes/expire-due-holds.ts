import { randomUUID } from 'node:crypto';
import { stockAggregate, stockStream, type StockId } from '#domain';
import type { CommandRuntime } from '#commands';
import { Counter, type Registry } from '#platform';
import type { Process } from '#processes';
import type { DueList } from '#read-models';

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
  readonly #runtime: CommandRuntime;
  readonly #due: DueList;
  readonly #expired: Counter;

  constructor({ runtime, due, registry }: { runtime: CommandRuntime; due: DueList; registry: Registry }) {
    this.#runtime = runtime;
    this.#due = due;
    this.#expired = new Counter({
      name: 'holdfast_expired_stocks_total',
      help: 'Stocks that had due holds to be ended, found by this process',
      registers: [registry],
    });
  }

  async assertThere(): Promise<void> {
    await this.#due.assertThere();
  }

  async round(signal: AbortSignal): Promise<void> {
    const stocks = await this.#due.stocks(new Date());
    const waiting = stocks.values();
    await Promise.all(Array.from({ length: atOnceMax }, () => this.#expireEach(waiting, signal)));
  }

  async #expireEach(stocks: Iterator<StockId, undefined>, signal: AbortSignal): Promise<void> {
    for (let next = stocks.next(); next.done !== true; next = stocks.next()) {
      if (signal.aborted) return;
      await this.#expire(next.value);
    }
  }

  /** The list may lag behind: a stock that has nothing due any more records nothing. */
  async #expire(stock: StockId): Promise<void> {
    const commandId = randomUUID();
    const context = { commandId, correlationId: commandId, userId: null, deadline: Date.now() + commandTimeoutMs };
    await this.#runtime.execute(stockAggregate, stockStream(stock), { type: 'ExpireDue' }, context);
    this.#expired.inc();
  }
}

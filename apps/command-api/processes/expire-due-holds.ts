import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { stockAggregate, stockStream, type StockId } from '#domain';
import type { CommandRuntime } from '#commands';
import { Counter, Histogram, untilItWorks, type Logger, type Registry } from '#platform';
import type { Leases } from '#projections';
import type { DueList } from '#read-models';

const work = 'expire-due-holds';
const lookEveryMs = 250;
const pauseAfterFailureMs = 1000;
const atOnceMax = 16;
const commandTimeoutMs = 5000;

export interface ExpireDueHoldsOptions {
  readonly runtime: CommandRuntime;
  readonly due: DueList;
  readonly leases: Leases;
  /** Throws when this clock is not to be believed: by it holds would end that are good for everybody else. */
  readonly assertClock: () => Promise<void>;
  readonly registry: Registry;
  readonly log: Logger;
}

/**
 * Ends holds when their time is up, so that their units are seen to be there again. Whoever buys before it comes round
 * ends them too: nothing is sold or kept because of this process, it is only prompt. One replica does it at a time.
 */
export class ExpireDueHolds {
  readonly #options: ExpireDueHoldsOptions;
  readonly #stopping = new AbortController();
  readonly #expired: Counter;
  readonly #rounds: Histogram;
  #finished: Promise<void> = Promise.resolve();

  constructor(options: ExpireDueHoldsOptions) {
    this.#options = options;
    const registers = [options.registry];
    this.#expired = new Counter({
      name: 'holdfast_expired_stocks_total',
      help: 'Stocks that had due holds to be ended, found by this process',
      registers,
    });
    this.#rounds = new Histogram({
      name: 'holdfast_expiry_round_seconds',
      help: 'Time for one look at what is due, and for ending it',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    });
  }

  start(): void {
    this.#finished = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
    await this.#options.leases.release(work).catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { leases, due, assertClock, log } = this.#options;
    const { signal } = this.#stopping;
    await untilItWorks('the holds that may be due', () => due.assertThere(), { log, signal }).catch(() => undefined);
    while (!signal.aborted) {
      try {
        await assertClock();
        if (await leases.take(work)) await this.#look();
        await this.#pause(lookEveryMs);
      } catch (error) {
        log.warn({ err: error }, 'due holds could not be expired; it is tried again');
        await this.#pause(pauseAfterFailureMs);
      }
    }
  }

  async #look(): Promise<void> {
    const stopTimer = this.#rounds.startTimer();
    const stocks = await this.#options.due.stocks(new Date());
    const waiting = stocks.values();
    await Promise.all(Array.from({ length: atOnceMax }, () => this.#expireEach(waiting)));
    stopTimer();
  }

  async #expireEach(stocks: Iterator<StockId, undefined>): Promise<void> {
    for (let next = stocks.next(); next.done !== true; next = stocks.next()) {
      if (this.#stopping.signal.aborted) return;
      await this.#expire(next.value);
    }
  }

  /** The list may lag behind: a stock that has nothing due any more records nothing. */
  async #expire(stock: StockId): Promise<void> {
    const commandId = randomUUID();
    const context = { commandId, correlationId: commandId, userId: null, deadline: Date.now() + commandTimeoutMs };
    const stream = stockStream(stock);
    await this.#options.runtime.execute(stockAggregate, stream, { type: 'ExpireDue' }, context);
    this.#expired.inc();
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

import type { CommandContext } from '#commands';
import { stockStream, type StockId } from '#domain';
import { WorkList, type Process } from '#processes';
import type { DueList } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';

type SentCommand = Parameters<UseCases['execute']>[0];

export interface DueWork {
  readonly name: string;
  readonly waitsFor: string;
  /** The stocks of commands that failed, in a sentence with their number. */
  readonly failed: string;
  readonly command: (context: CommandContext, stock: StockId) => SentCommand;
}

const atOnceMax = 16;
const commandTimeoutMs = 5000;
// Between rounds the lease is renewed and failures are logged, also while every command fails.
const roundMsMaxDefault = 10_000;

/** Sends a command to each stock of which something is due. */
export class DueStocks implements Process {
  readonly name: string;
  readonly waitsFor: string;
  readonly everyMs = 250;
  readonly #work: DueWork;
  readonly #useCases: UseCases;
  readonly #due: DueList;
  readonly #roundMsMax: number;
  readonly #stocks = new WorkList<StockId>({ atOnceMax, nameOf: stockStream });

  constructor(work: DueWork, useCases: UseCases, due: DueList, roundMsMax = roundMsMaxDefault) {
    this.name = work.name;
    this.waitsFor = work.waitsFor;
    this.#work = work;
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
    const send = async (stock: StockId): Promise<void> => {
      await this.#useCases.execute(this.#work.command(systemContext(commandTimeoutMs), stock));
    };
    await this.#stocks.each(stocks, this.#work.failed, send, signal);
  }
}

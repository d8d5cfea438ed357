import { isRejected, type TransferId } from '#domain';
import { WorkList, type Process } from '#processes';
import type { UnfinishedTransfers } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';
import { FinishTransfer } from '../lending/finish-transfer.ts';

const atOnceMax = 16;
const commandTimeoutMs = 5000;
const roundMsMaxDefault = 10_000;
// Whoever requested the transfer goes on with it at once: this process does what was left.
const leftAfterMs = 1000;

/**
 * Goes on with transfers where a process stopped or a server was away. The list may lag behind: of a transfer that has
 * ended nothing is left to do.
 */
export class FinishTransfers implements Process {
  readonly name = 'finish-transfers';
  readonly waitsFor = 'the transfers that may be pending';
  readonly everyMs = 250;
  readonly #useCases: UseCases;
  readonly #unfinished: UnfinishedTransfers;
  readonly #roundMsMax: number;
  readonly #transfers = new WorkList<TransferId>({ atOnceMax, nameOf: String });

  constructor(useCases: UseCases, unfinished: UnfinishedTransfers, roundMsMax = roundMsMaxDefault) {
    this.#useCases = useCases;
    this.#unfinished = unfinished;
    this.#roundMsMax = roundMsMax;
  }

  async assertThere(): Promise<void> {
    await this.#unfinished.assertThere();
  }

  async round(stopping: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.#roundMsMax)]);
    const pending = await this.#unfinished.list(new Date(Date.now() - leftAfterMs));
    await this.#transfers.each(pending, 'transfers that were not finished', (id) => this.#finish(id), signal);
  }

  async #finish(transferId: TransferId): Promise<void> {
    const finished = await this.#useCases.execute(new FinishTransfer(systemContext(commandTimeoutMs), transferId));
    if (isRejected(finished)) throw new Error(`the event store has no transfer ${transferId}`);
  }
}

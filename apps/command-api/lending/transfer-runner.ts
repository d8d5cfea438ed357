import { commandIdOf } from '#commands';
import { isRejected, nextTransferTask, stockEventGroups, transferAggregate } from '#domain';
import type { KnownTransfer, StockEvent, StockId, TransferCommand } from '#domain';
import type { TransferAnswerOfStock, TransferCommandOfStock, TransferEventOfStock } from '#domain';
import type { EventStore } from '#event-store';
import type { Logger } from '#platform';
import { carryOut, type CarriedOut, type StreamContext, type Write } from '#use-cases';
import { findInStream } from '../stock/find-in-stream.ts';
import type { Stocks } from '../stock/stocks.ts';
import type { Transfers } from './transfers.ts';

/** How far a transfer has come, and what was recorded on the way; `failure` says why it is still pending. */
export interface TransferRun extends CarriedOut {
  readonly transfer: KnownTransfer;
  readonly writes: readonly Write[];
}

/** An answer to a transfer is not recorded before it was requested, by clocks that are less than this apart. */
const clocksApartMsMax = 60_000;
const answers: ReadonlySet<StockEvent['type']> = new Set(stockEventGroups.transfers);

/**
 * Carries out a transfer: sends its commands to its stocks, and records on it what they answered. Any number of processes
 * may do that for the same transfer at the same time: each command is the same whoever sends it.
 */
export class TransferRunner {
  constructor(
    private readonly transfers: Transfers,
    private readonly stocks: Stocks,
    private readonly store: EventStore,
    private readonly log: Logger,
  ) {}

  /** Goes on until the transfer has ended, a command fails, or the deadline is near: `finish-transfers` does the rest. */
  async run(transfer: KnownTransfer, context: StreamContext): Promise<TransferRun> {
    const writes: Write[] = [];
    const progress = { now: transfer };
    const { failure, settled } = await carryOut(
      (deadline) => this.#carryOut(progress, { ...context, deadline }, writes),
      context.deadline,
    );
    if (failure !== undefined) {
      const { transferId } = transfer;
      this.log.warn({ err: failure, transferId }, 'a transfer is pending; finish-transfers goes on with it');
    }
    return { transfer: progress.now, writes: [...writes], settled, failure };
  }

  async #carryOut(progress: { now: KnownTransfer }, context: StreamContext, writes: Write[]): Promise<void> {
    let last: TransferAnswerOfStock | undefined;
    for (;;) {
      const task = nextTransferTask(progress.now, last);
      if (task === undefined) return;
      if (task.to === 'stock') last = await this.#ask(task.stock, task.command, context, writes);
      else progress.now = await this.#record(progress.now, task.command, context, writes);
    }
  }

  async #ask(
    stock: StockId,
    command: TransferCommandOfStock,
    context: StreamContext,
    writes: Write[],
  ): Promise<TransferAnswerOfStock> {
    const stream = this.stocks.of(stock);
    const { transferId } = command;
    const answer = await stream.execute(command, ofTransfer(transferId, `${command.type} ${stream.name}`, context));
    if (isRejected(answer)) throw new Error(`${stream.name} rejected ${command.type}: ${answer.rejection.code}`);
    const { recorded, write } = answer;
    if (write !== undefined) writes.push(write);
    const is = (event: StockEvent): event is TransferEventOfStock => isAnswerTo(transferId, event);
    const since = command.requestedAt - clocksApartMsMax;
    const event = recorded?.events.find(is);
    if (event !== undefined) return { command, event };
    const found = await findInStream(this.store, { stock, since, is }, context.deadline);
    return { command, event: found?.event };
  }

  async #record(
    { transferId }: KnownTransfer,
    command: TransferCommand,
    context: StreamContext,
    writes: Write[],
  ): Promise<KnownTransfer> {
    const stream = this.transfers.of(transferId);
    const answer = await stream.execute(command, ofTransfer(transferId, command.type, context));
    if (isRejected(answer)) throw new Error(`${stream.name} rejected ${command.type}: ${answer.rejection.code}`);
    if (answer.write !== undefined) writes.push(answer.write);
    return this.transfers.after(transferId, answer);
  }
}

function isAnswerTo(transferId: number, event: StockEvent): event is TransferEventOfStock {
  return answers.has(event.type) && 'transferId' in event && event.transferId === transferId;
}

/** The same command for every process that sends it: a transfer asks each of its stocks for each thing once. */
function ofTransfer(transferId: number, name: string, context: StreamContext): StreamContext {
  return { ...context, commandId: commandIdOf(transferAggregate.streamOf(transferId), name) };
}

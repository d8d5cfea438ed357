import type { CommandRuntime } from '#commands';
import { transferAggregate, type KnownTransfer, type Transfer } from '#domain';
import type { TransferCommand, TransferEvent, TransferId, TransferRejection } from '#domain';
import { Streams, type Executed } from '#use-cases';

/** The transfers of units between inventories. */
export class Transfers extends Streams<TransferId, Transfer, TransferCommand, TransferEvent, TransferRejection> {
  constructor(runtime: CommandRuntime) {
    super(runtime, transferAggregate);
  }

  /** The transfer after one of its commands: what the command recorded just now says it all. */
  async after(transferId: TransferId, { recorded }: Executed<TransferEvent>): Promise<KnownTransfer> {
    const { initial, evolve } = transferAggregate;
    const now =
      recorded?.repeated === false
        ? recorded.events.reduce<Transfer>(evolve, initial)
        : await this.of(transferId).read();
    if (now.status === 'unknown') throw new Error(`the event store has lost transfer ${transferId}`);
    return now;
  }
}

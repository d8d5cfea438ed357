import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '#commands';
import { reject, type TransferId, type TransferRejection, type TransferStatus } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { TransferRunner } from './transfer-runner.ts';
import { Transfers } from './transfers.ts';

type Outcome = UseCaseOutcome<{ readonly status: TransferStatus }, TransferRejection>;

/** Goes on with a transfer where another process left it. Does nothing if it has ended. */
export class FinishTransfer extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly transferId: TransferId,
  ) {
    super();
  }
}

@CommandHandler(FinishTransfer)
export class FinishTransferHandler implements ICommandHandler<FinishTransfer> {
  constructor(
    private readonly transfers: Transfers,
    private readonly runner: TransferRunner,
  ) {}

  async execute({ context, transferId }: FinishTransfer): Promise<Outcome> {
    const stream = this.transfers.of(transferId);
    const known = await stream.read();
    if (known.status === 'unknown') return reject({ code: 'TRANSFER_NOT_FOUND' });
    const { transfer, writes, failure } = await this.runner.run(known, await stream.goingOn(context));
    if (failure !== undefined) throw failure;
    return done({ status: transfer.status }, ...writes);
  }
}

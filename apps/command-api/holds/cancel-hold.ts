import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import type { UseCaseContext } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';
import { Holds, type HoldOutcome } from './holds.ts';

/** Gives back what is held. */
export class CancelHold extends Command<HoldOutcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
  ) {
    super();
  }
}

@CommandHandler(CancelHold)
export class CancelHoldHandler implements ICommandHandler<CancelHold> {
  constructor(
    private readonly holds: Holds,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, id }: CancelHold): Promise<HoldOutcome> {
    const hold = this.holds.named(id, context);
    if (isRejected(hold)) return hold;
    const { holdId, stock, customerId } = hold;
    const command = { type: 'CancelHold', holdId, customerId } as const;
    const cancelled = await this.stocks.of(stock).record('HoldCancelled', command, context);
    if (isRejected(cancelled)) return this.holds.asClientsKnowIt(cancelled, hold, context);
    return this.holds.changed(hold, cancelled);
  }
}

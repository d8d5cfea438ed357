import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import { done, type UseCaseContext } from '#use-cases';
import { GiveBacks, type WantedReturn } from '../stock/give-backs.ts';
import { ConfirmedHolds } from './confirmed-holds.ts';
import { Holds, type HoldOutcome } from './holds.ts';

/** Gives back what was taken with a hold, or a part of it. */
export class ReturnHold extends Command<HoldOutcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly wanted: WantedReturn,
  ) {
    super();
  }
}

@CommandHandler(ReturnHold)
export class ReturnHoldHandler implements ICommandHandler<ReturnHold> {
  constructor(
    private readonly holds: Holds,
    private readonly confirmedHolds: ConfirmedHolds,
    private readonly giveBacks: GiveBacks,
  ) {}

  async execute({ context, id, wanted }: ReturnHold): Promise<HoldOutcome> {
    const hold = this.holds.named(id, context);
    if (isRejected(hold)) return hold;
    const confirmed = await this.confirmedHolds.find(hold, context.deadline);
    if (isRejected(confirmed)) return confirmed;
    const back = await this.giveBacks.record(hold.stock, confirmed.taken, wanted, context);
    if (isRejected(back)) return back;
    return done(this.holds.answer(hold.stock, confirmed.event, back.event.returnedQuantity), back.write);
  }
}

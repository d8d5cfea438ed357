import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import type { UseCaseContext } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';
import { HoldAllowance } from './hold-allowance.ts';
import { Holds, type HoldOutcome } from './holds.ts';

/** Holds for longer, or for less, from now. */
export class ExtendHold extends Command<HoldOutcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly ttlSeconds: number,
  ) {
    super();
  }
}

@CommandHandler(ExtendHold)
export class ExtendHoldHandler implements ICommandHandler<ExtendHold> {
  constructor(
    private readonly holds: Holds,
    private readonly stocks: Stocks,
    private readonly allowance: HoldAllowance,
  ) {}

  async execute({ context, id, ttlSeconds }: ExtendHold): Promise<HoldOutcome> {
    const ttl = this.allowance.ttlFor(context, ttlSeconds);
    if (isRejected(ttl)) return ttl;
    const hold = this.holds.named(id, context);
    if (isRejected(hold)) return hold;
    const { holdId, stock, customerId } = hold;
    const command = { type: 'ExtendHold', holdId, customerId, ...ttl } as const;
    const extended = await this.stocks.of(stock).record('HoldExtended', command, context);
    if (isRejected(extended)) return this.holds.asClientsKnowIt(extended, hold, context);
    return this.holds.changed(hold, extended);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '#commands';
import { isRejected, type StockId, type StockRejection } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';

export interface ExpiredHolds {
  readonly count: number;
}

type Outcome = UseCaseOutcome<ExpiredHolds, StockRejection>;

/** Expires the due holds of one stock, up to a limit. Records nothing if none is due any more. */
export class ExpireDueHoldsOfStock extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly stock: StockId,
  ) {
    super();
  }
}

@CommandHandler(ExpireDueHoldsOfStock)
export class ExpireDueHoldsOfStockHandler implements ICommandHandler<ExpireDueHoldsOfStock> {
  constructor(private readonly stocks: Stocks) {}

  async execute({ context, stock }: ExpireDueHoldsOfStock): Promise<Outcome> {
    const expired = await this.stocks.of(stock).execute({ type: 'ExpireDue' }, context);
    if (isRejected(expired)) return expired;
    return done({ count: expired.recorded?.events.length ?? 0 }, expired.write);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '#commands';
import { isRejected, type StockId, type StockRejection } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';

export interface OverdueLends {
  readonly count: number;
}

type Outcome = UseCaseOutcome<OverdueLends, StockRejection>;

/** Records of the due lends of one stock that they are overdue, up to a limit; nothing if none is due any more. */
export class MarkOverdueLendsOfStock extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly stock: StockId,
  ) {
    super();
  }
}

@CommandHandler(MarkOverdueLendsOfStock)
export class MarkOverdueLendsOfStockHandler implements ICommandHandler<MarkOverdueLendsOfStock> {
  constructor(private readonly stocks: Stocks) {}

  async execute({ context, stock }: MarkOverdueLendsOfStock): Promise<Outcome> {
    const marked = await this.stocks.of(stock).execute({ type: 'MarkOverdue' }, context);
    if (isRejected(marked)) return marked;
    return done({ count: marked.recorded?.events.length ?? 0 }, marked.write);
  }
}

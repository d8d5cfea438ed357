import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, type ItemRejection, type StockRejection, type ItemId } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Stocks } from './stocks.ts';

export interface AdjustedStock {
  readonly itemId: ItemId;
  readonly available: number;
  readonly delta: number;
  readonly reason: string;
}

export interface Adjustment {
  readonly delta: number;
  readonly reason: string;
  /** What was available when the caller last looked. */
  readonly expectedAvailable?: number;
}

type Outcome = UseCaseOutcome<AdjustedStock, ItemRejection | StockRejection | KeyReused>;

/** Corrects the stock of the main inventory. */
export class AdjustStock extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly adjustment: Adjustment,
  ) {
    super();
  }
}

@CommandHandler(AdjustStock)
export class AdjustStockHandler implements ICommandHandler<AdjustStock> {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, idOrNumber, adjustment }: AdjustStock): Promise<Outcome> {
    const item = await this.items.find(idOrNumber);
    if (isRejected(item)) return item;
    if (adjustment.delta === 0) return this.#confirm(item.id, adjustment, context);
    const command = { type: 'Adjust', ...adjustment } as const;
    const adjusted = await this.stocks.of(itemStock(item.id)).record('StockAdjusted', command, context);
    if (isRejected(adjusted)) return adjusted;
    const { event, write } = adjusted;
    const { balance, delta, reason } = event;
    return done({ itemId: item.id, available: balance.available, delta, reason }, write);
  }

  /** Nothing is recorded: it only asks whether what is expected is so. */
  async #confirm(
    itemId: ItemId,
    { delta, reason, ...expected }: Adjustment,
    context: UseCaseContext,
  ): Promise<Outcome> {
    const stock = this.stocks.of(itemStock(itemId));
    const confirmed = await stock.execute({ type: 'Adjust', delta, reason, ...expected }, context);
    if (isRejected(confirmed)) return confirmed;
    const { balance } = await stock.read();
    return done({ itemId, available: balance.available, delta, reason }, confirmed.write);
  }
}

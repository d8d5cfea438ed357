import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, type ItemRejection, type StockRejection, type ItemId } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Stocks } from './stocks.ts';

export interface ProvidedStock {
  readonly itemId: ItemId;
  readonly available: number;
  readonly quantity: number;
}

type Outcome = UseCaseOutcome<ProvidedStock, ItemRejection | StockRejection | KeyReused>;

/** Adds units of an item to the main inventory. */
export class ProvideStock extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly quantity: number,
  ) {
    super();
  }
}

@CommandHandler(ProvideStock)
export class ProvideStockHandler implements ICommandHandler<ProvideStock> {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, idOrNumber, quantity }: ProvideStock): Promise<Outcome> {
    const item = await this.items.find(idOrNumber);
    if (isRejected(item)) return item;
    const command = { type: 'Provide', quantity, provideId: null } as const;
    const provided = await this.stocks.of(itemStock(item.id)).record('UnitsProvided', command, context);
    if (isRejected(provided)) return provided;
    const { event, write } = provided;
    return done({ itemId: item.id, available: event.balance.available, quantity: event.quantity }, write);
  }
}

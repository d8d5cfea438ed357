import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, itemStock, type ItemRejection, type StockRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';
import { Items } from './items.ts';
import { Products } from './products.ts';
import { Sale } from './sale.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | StockRejection>;

/** Takes an item out of the catalog; it can be restored. */
export class DiscontinueItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
  ) {
    super();
  }
}

@CommandHandler(DiscontinueItem)
export class DiscontinueItemHandler implements ICommandHandler<DiscontinueItem> {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
    private readonly sale: Sale,
    private readonly products: Products,
  ) {}

  async execute({ context, idOrNumber }: DiscontinueItem): Promise<Outcome> {
    const found = await this.items.find(idOrNumber);
    if (isRejected(found)) return found;
    const { id } = found;
    // The sale ends first, so that no item is sold after it left the catalog.
    const ended = await this.stocks.of(itemStock(id)).execute({ type: 'Discontinue' }, step(context, 'Discontinue'));
    if (isRejected(ended)) return ended;
    const taken = await this.items.of(id).execute({ type: 'DiscontinueItem' }, step(context, 'DiscontinueItem'));
    if (isRejected(taken)) return taken;
    const sold = await this.sale.asListed(id, context);
    if (isRejected(sold)) return sold;
    return done(await this.products.answer(sold.item), ended.write, taken.write, sold.write);
  }
}

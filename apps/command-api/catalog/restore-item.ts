import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, type ItemRejection, type StockRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from './items.ts';
import { Products } from './products.ts';
import { Sale } from './sale.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | StockRejection>;

/** Puts an item back on sale. */
export class RestoreItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
  ) {
    super();
  }
}

@CommandHandler(RestoreItem)
export class RestoreItemHandler implements ICommandHandler<RestoreItem> {
  constructor(
    private readonly items: Items,
    private readonly sale: Sale,
    private readonly products: Products,
  ) {}

  async execute({ context, idOrNumber }: RestoreItem): Promise<Outcome> {
    const found = await this.items.find(idOrNumber);
    if (isRejected(found)) return found;
    const { id } = found;
    const restored = await this.items.of(id).execute({ type: 'ReinstateItem' }, step(context, 'ReinstateItem'));
    if (isRejected(restored)) return restored;
    const sold = await this.sale.asListed(id, context);
    return isRejected(sold) ? sold : done(await this.products.answer(sold.item), restored.write, sold.write);
  }
}

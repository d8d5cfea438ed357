import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, itemStock, type ItemDetails, type ItemRejection } from '#domain';
import type { SaleTerms, StockRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import type { ReservationRejection } from './item-reservations.ts';
import { ItemWrites } from './item-writes.ts';
import { Items } from './items.ts';
import { Products } from './products.ts';
import { rejectionOfTerms, setTerms } from '../stock/set-terms.ts';
import { Stocks } from '../stock/stocks.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | ReservationRejection | StockRejection>;

/** Changes what the catalog says of an item; what is left out stays. */
export class ChangeItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly change: Partial<ItemDetails>,
    readonly terms: Partial<SaleTerms> = {},
  ) {
    super();
  }
}

@CommandHandler(ChangeItem)
export class ChangeItemHandler implements ICommandHandler<ChangeItem> {
  constructor(
    private readonly items: Items,
    private readonly writes: ItemWrites,
    private readonly products: Products,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, idOrNumber, change, terms }: ChangeItem): Promise<Outcome> {
    const found = await this.items.idOf(idOrNumber);
    if (isRejected(found)) return found;
    const rejected = await rejectionOfTerms(this.stocks, itemStock(found.id), terms);
    if (rejected !== undefined) return rejected;
    const changed = await this.writes.change(found.id, change, step(context, 'ChangeItem'));
    if (isRejected(changed)) return changed;
    const set = await setTerms(this.stocks, itemStock(found.id), terms, context);
    if (isRejected(set)) return set;
    const now = await this.items.find(found.id);
    return isRejected(now) ? now : done(await this.products.answer(now.item), changed.write, set.write);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, itemStock, type ItemRejection, type SaleTerms, type StockRejection } from '#domain';
import { madeId } from '#ids';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import type { ReservationRejection } from './item-reservations.ts';
import { ItemWrites, type NewItemDetails } from './item-writes.ts';
import { Products } from './products.ts';
import { rejectionOfNewTerms, setTerms } from '../stock/set-terms.ts';
import { Stocks } from '../stock/stocks.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | ReservationRejection | StockRejection | KeyReused>;

/** Puts a new item in the catalog, under the chosen id or one that is made. */
export class CreateItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly chosenId: string | undefined,
    readonly details: NewItemDetails,
    readonly terms: Partial<SaleTerms> = {},
  ) {
    super();
  }
}

@CommandHandler(CreateItem)
export class CreateItemHandler implements ICommandHandler<CreateItem> {
  constructor(
    private readonly writes: ItemWrites,
    private readonly products: Products,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, chosenId, details, terms }: CreateItem): Promise<Outcome> {
    const itemId = chosenId ?? madeId('item', context.commandId);
    const rejected = rejectionOfNewTerms(terms);
    if (rejected !== undefined) return rejected;
    const created = await this.writes.create(itemId, details, context);
    if (isRejected(created)) return created;
    const set = await setTerms(this.stocks, itemStock(itemId), terms, context);
    if (isRejected(set)) return set;
    return done(await this.products.answer({ status: 'on-sale', facts: created.event }), created.write, set.write);
  }
}

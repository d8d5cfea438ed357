import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { itemStock } from '#domain';
import { AvailabilityQueries, ItemQueries, type Item, type Page, type Paging } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

export interface StockedItem extends Item {
  /** What can be promised now, in the main inventory. */
  readonly stock: number;
}

/** The items on sale, with what is left of each. */
export class ListItems extends Query<Page<StockedItem>> {
  constructor(
    readonly context: QueryContext,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListItems)
export class ListItemsHandler implements IQueryHandler<ListItems> {
  constructor(
    private readonly items: ItemQueries,
    private readonly availability: AvailabilityQueries,
  ) {}

  async execute({ context, paging }: ListItems): Promise<Page<StockedItem>> {
    const page = await this.items.page(paging);
    const stocks = page.rows.map(({ id }) => itemStock(id));
    const found = await this.availability.ofMany(stocks, context);
    return { ...page, rows: page.rows.map((item, index) => ({ ...item, stock: found[index]?.available ?? 0 })) };
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import { ItemHistoryQueries, ItemQueries, type ItemChange, type Page, type Paging } from '#read-models';
import { knownItem, type NoSuchItem } from './known-item.ts';

interface ProductHistory {
  readonly itemId: string;
  readonly page: Page<ItemChange>;
}

/** Everything that was said of an item, also of a discontinued one. */
export class GetProductHistory extends Query<ProductHistory | NoSuchItem> {
  constructor(
    readonly idOrNumber: string,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(GetProductHistory)
export class GetProductHistoryHandler implements IQueryHandler<GetProductHistory> {
  constructor(
    private readonly items: ItemQueries,
    private readonly history: ItemHistoryQueries,
  ) {}

  async execute({ idOrNumber, paging }: GetProductHistory): Promise<ProductHistory | NoSuchItem> {
    const item = await knownItem(this.items, idOrNumber);
    return isRejected(item) ? item : { itemId: item.id, page: await this.history.page(item.id, paging) };
  }
}

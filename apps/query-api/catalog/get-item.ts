import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, reject } from '#domain';
import { AvailabilityQueries, ItemQueries } from '#read-models';
import type { QueryContext } from '#use-cases/bus';
import { knownItem, type NoSuchItem } from './known-item.ts';
import type { StockedItem } from './list-items.ts';

/** One item, with what is left of it; a discontinued one only when it is asked for. */
export class GetItem extends Query<StockedItem | NoSuchItem> {
  constructor(
    readonly context: QueryContext,
    readonly idOrNumber: string,
    readonly withDiscontinued = false,
  ) {
    super();
  }
}

@QueryHandler(GetItem)
export class GetItemHandler implements IQueryHandler<GetItem> {
  constructor(
    private readonly items: ItemQueries,
    private readonly availability: AvailabilityQueries,
  ) {}

  async execute({ context, idOrNumber, withDiscontinued }: GetItem): Promise<StockedItem | NoSuchItem> {
    const item = await knownItem(this.items, idOrNumber);
    if (isRejected(item)) return item;
    if (item.discontinued && !withDiscontinued) return reject({ code: 'ITEM_NOT_FOUND' });
    const { available } = await this.availability.of(itemStock(item.id), context);
    return { ...item, stock: available };
  }
}

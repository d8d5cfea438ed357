import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type InventoryId } from '#domain';
import { canBeId } from '#ids';
import { ItemStock, type StockOfItem } from '#read-models';
import type { QueryContext } from '#use-cases/bus';
import type { NoSuchItem } from '../catalog/known-item.ts';

/** What of an item can be promised now. */
export class GetStock extends Query<StockOfItem | NoSuchItem> {
  constructor(
    readonly context: QueryContext,
    readonly idOrNumber: string,
    readonly inventoryId: InventoryId,
  ) {
    super();
  }
}

@QueryHandler(GetStock)
export class GetStockHandler implements IQueryHandler<GetStock> {
  constructor(private readonly stocks: ItemStock) {}

  async execute({ context, idOrNumber, inventoryId }: GetStock): Promise<StockOfItem | NoSuchItem> {
    const found = canBeId(idOrNumber) ? await this.stocks.of(idOrNumber, inventoryId, context) : undefined;
    return found ?? reject({ code: 'ITEM_NOT_FOUND' });
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, type StockId, type InventoryId, type ItemId } from '#domain';
import { ItemQueries, MovementQueries, type Movement, type Page, type Paging } from '#read-models';
import { knownItem, type NoSuchItem } from '../catalog/known-item.ts';

interface StockHistory {
  readonly itemId: ItemId;
  readonly stock: StockId;
  readonly page: Page<Movement>;
}

/** Everything that happened to a stock. */
export class GetStockHistory extends Query<StockHistory | NoSuchItem> {
  constructor(
    readonly idOrNumber: string,
    readonly inventoryId: InventoryId,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(GetStockHistory)
export class GetStockHistoryHandler implements IQueryHandler<GetStockHistory> {
  constructor(
    private readonly items: ItemQueries,
    private readonly movements: MovementQueries,
  ) {}

  async execute({ idOrNumber, inventoryId, paging }: GetStockHistory): Promise<StockHistory | NoSuchItem> {
    const item = await knownItem(this.items, idOrNumber);
    if (isRejected(item)) return item;
    const stock = itemStock(item.id, inventoryId);
    return { itemId: item.id, stock, page: await this.movements.page(stock, paging) };
  }
}

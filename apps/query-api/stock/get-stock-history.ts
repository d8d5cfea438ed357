import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, reject, type Rejected, type StockId, type InventoryId, type ItemId } from '#domain';
import type { Caller } from '#people';
import { InventoryQueries, ItemQueries, MovementQueries } from '#read-models';
import type { Movement, MovementSort, Page, Paging } from '#read-models';
import { knownItem } from '../catalog/known-item.ts';
import { knownInventory, mayActAt } from '../lending/known-inventory.ts';

interface StockHistory {
  readonly itemId: ItemId;
  readonly stock: StockId;
  readonly page: Page<Movement>;
}

type Code = 'ITEM_NOT_FOUND' | 'INVENTORY_NOT_FOUND' | 'FORBIDDEN';
type Outcome = StockHistory | Rejected<{ readonly code: Code }>;

/** Everything that happened to a stock; for those who act for its inventory. */
export class GetStockHistory extends Query<Outcome> {
  constructor(
    readonly caller: Caller,
    readonly idOrNumber: string,
    readonly inventoryId: InventoryId,
    readonly paging: Paging,
    readonly sort: MovementSort,
  ) {
    super();
  }
}

@QueryHandler(GetStockHistory)
export class GetStockHistoryHandler implements IQueryHandler<GetStockHistory> {
  constructor(
    private readonly items: ItemQueries,
    private readonly inventories: InventoryQueries,
    private readonly movements: MovementQueries,
  ) {}

  async execute({ caller, idOrNumber, inventoryId, paging, sort }: GetStockHistory): Promise<Outcome> {
    const inventory = await knownInventory(this.inventories, String(inventoryId));
    if (isRejected(inventory)) return inventory;
    if (!mayActAt(inventory, caller)) return reject({ code: 'FORBIDDEN' });
    const item = await knownItem(this.items, idOrNumber);
    if (isRejected(item)) return item;
    const stock = itemStock(item.id, inventoryId);
    return { itemId: item.id, stock, page: await this.movements.page(stock, paging, sort) };
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, type InventoryId } from '#domain';
import { InventoryItems, InventoryQueries, type ItemOfInventory, type Page, type Paging } from '#read-models';
import { knownInventory, type NoSuchInventory } from './known-inventory.ts';

interface ItemsOfInventory {
  readonly inventoryId: InventoryId;
  readonly page: Page<ItemOfInventory>;
}

/** The items that an inventory has or ever had. */
export class ListInventoryItems extends Query<ItemsOfInventory | NoSuchInventory> {
  constructor(
    readonly number: string,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListInventoryItems)
export class ListInventoryItemsHandler implements IQueryHandler<ListInventoryItems> {
  constructor(
    private readonly inventories: InventoryQueries,
    private readonly items: InventoryItems,
  ) {}

  async execute({ number, paging }: ListInventoryItems): Promise<ItemsOfInventory | NoSuchInventory> {
    const found = await knownInventory(this.inventories, number);
    if (isRejected(found)) return found;
    const { inventoryId } = found;
    return { inventoryId, page: await this.items.page(inventoryId, paging) };
  }
}

import { unitsMax } from '#domain';
import { Id, Integer } from '#http';

const inventoryIdMax = 999_999_999;

export class TransferUnitsDto {
  @Id({ description: 'Id or number of the item', example: 5 })
  item_id!: string;

  @Integer({ min: 1, max: unitsMax, example: 10 })
  qty!: number;

  @Integer({ min: 1, max: inventoryIdMax, description: 'The inventory that the units go to', example: 3 })
  to_inventory_id!: number;
}

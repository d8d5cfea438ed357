import { ApiProperty } from '@nestjs/swagger';
import { InventoryAnswer } from '#answers';
import { PageAnswer } from '../edge/paging/paging.dto.ts';

export class InventoriesAnswer extends PageAnswer {
  @ApiProperty({ type: [InventoryAnswer], description: 'In the order of their numbers' })
  inventories!: InventoryAnswer[];
}

export class ItemBalanceAnswer {
  @ApiProperty({ description: 'Units received minus units removed', example: 50 })
  total!: number;

  @ApiProperty({ description: 'Units sold, booked or consumed', example: 0 })
  taken!: number;

  @ApiProperty({ description: 'Units on hold', example: 0 })
  held!: number;

  @ApiProperty({ description: 'Units reserved for orders', example: 0 })
  reserved!: number;

  @ApiProperty({ description: 'Units on loan', example: 0 })
  lent!: number;

  @ApiProperty({ description: 'Units available', example: 50 })
  available!: number;
}

class InventoryItemAnswer {
  @ApiProperty({ description: 'Number of the item', example: 5 })
  item_id!: number;

  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ example: 'Drill' })
  name!: string;

  @ApiProperty()
  balance!: ItemBalanceAnswer;
}

export class InventoryItemsAnswer extends PageAnswer {
  @ApiProperty({ example: 2 })
  inventory_id!: number;

  @ApiProperty({ type: [InventoryItemAnswer], description: 'In the order of their ids' })
  items!: InventoryItemAnswer[];
}

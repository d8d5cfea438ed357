import { ApiProperty } from '@nestjs/swagger';
import { PageAnswer } from '../edge/paging/paging.dto.ts';
import type { StockedItem } from './list-items.ts';

export class ItemOnSaleAnswer {
  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ description: 'The same item, for those who count', example: 1 })
  number!: number;

  @ApiProperty({ example: '無線藍牙耳機' })
  name!: string;

  @ApiProperty({ description: 'In minor units of the installation’s currency', example: 1299 })
  price!: number;

  @ApiProperty({ description: 'What can be promised now, in the main inventory', example: 50 })
  stock!: number;

  @ApiProperty({ type: String, nullable: true })
  createdAt!: string | null;
}

export class ItemsAnswer extends PageAnswer {
  @ApiProperty({ type: [ItemOnSaleAnswer] })
  items!: ItemOnSaleAnswer[];
}

export function itemOnSaleAnswer({ id, number, name, price, stock, createdAt }: StockedItem): ItemOnSaleAnswer {
  return { id, number, name, price, stock, createdAt: createdAt?.toISOString() ?? null };
}

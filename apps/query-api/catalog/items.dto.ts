import { ApiProperty } from '@nestjs/swagger';
import { PageAnswer } from '../edge/paging/paging.dto.ts';
import type { StockedItem } from './list-items.ts';

export class ItemOnSaleAnswer {
  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ description: 'Sequential number of the item', example: 1 })
  number!: number;

  @ApiProperty({ example: '無線藍牙耳機' })
  name!: string;

  @ApiProperty({ description: 'Price in minor units of the currency, such as cents', example: 1299 })
  price!: number;

  @ApiProperty({ description: 'Units available in the main inventory', example: 50 })
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

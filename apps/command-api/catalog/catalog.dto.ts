import { ApiProperty } from '@nestjs/swagger';
import { Money, NewId, Text } from '#http';
import type { ListedItem } from './items.ts';

const nameMax = 200;

export class CreateItemDto {
  @NewId({ optional: true, description: 'An id you choose; by default one is generated', example: 'prod_001' })
  id?: string;

  @Text({ max: nameMax, example: '無線藍牙耳機' })
  name!: string;

  @Money({ description: 'Price in minor units of the currency, such as cents', example: 1299 })
  price!: number;
}

export class ChangeItemDto {
  @Text({ optional: true, max: nameMax })
  name?: string;

  @Money({ optional: true })
  price?: number;
}

export class ItemAnswer implements ListedItem {
  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ description: 'Sequential number of the item', example: 1 })
  number!: number;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 1299 })
  price!: number;

  @ApiProperty({ description: 'Whether the item is discontinued' })
  discontinued!: boolean;

  @ApiProperty({ type: String, nullable: true })
  createdAt!: string | null;
}

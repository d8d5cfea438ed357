import { ApiProperty } from '@nestjs/swagger';
import { Money, NewId, Text } from '#http';
import type { ListedItem } from './items.ts';

const nameMax = 200;

export class CreateItemDto {
  @NewId({ optional: true, description: 'An id of your choice; one is made unless given', example: 'prod_001' })
  id?: string;

  @Text({ max: nameMax, example: '無線藍牙耳機' })
  name!: string;

  @Money({ description: 'In minor units of the installation’s currency', example: 1299 })
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

  @ApiProperty({ description: 'The same item, for those who count', example: 1 })
  number!: number;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 1299 })
  price!: number;

  @ApiProperty({ description: 'Whether it was taken out of the catalog' })
  discontinued!: boolean;

  @ApiProperty({ type: String, nullable: true })
  createdAt!: string | null;
}

import { ApiProperty } from '@nestjs/swagger';
import { unitsMax } from '#domain';
import { Id, Integer } from '#http';

export class ProvideStockDto {
  @Id({ description: 'The item’s id or number', example: 'prod_001' })
  product_id!: string;

  @Integer({ min: 1, max: unitsMax, description: 'Units to add to the main inventory', example: 50 })
  stock!: number;
}

export class ProvidedAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ description: 'What can be promised now', example: 50 })
  stock!: number;

  @ApiProperty({ description: 'What was added', example: 50 })
  quantity!: number;
}

import { ApiProperty } from '@nestjs/swagger';
import { unitsMax } from '#domain';
import { Integer } from '#http';

export class PurchaseDto {
  @Integer({ min: 1, max: unitsMax, default: 1, example: 2 })
  quantity!: number;
}

export class PurchaseAnswer {
  @ApiProperty({ example: 'pur_6b0c1d3e00008000800012345678901a' })
  purchaseId!: string;

  @ApiProperty({ example: 'prod_001' })
  itemId!: string;

  @ApiProperty({ example: 2 })
  quantity!: number;

  @ApiProperty({ description: 'Units available after the purchase', example: 48 })
  remaining!: number;

  @ApiProperty()
  purchasedAt!: string;
}

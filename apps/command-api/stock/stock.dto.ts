import { ApiProperty } from '@nestjs/swagger';
import { mainInventory, unitsMax } from '#domain';
import { Id, Integer, Text } from '#http';
import type { AdjustedStock } from './adjust-stock.ts';
import type { ProvidedStock } from './provide-stock.ts';

export class ProvideStockDto {
  @Id({ description: 'Id or number of the item', example: 'prod_001' })
  product_id!: string;

  @Integer({ min: 1, max: unitsMax, description: 'Units to add to the main inventory', example: 50 })
  stock!: number;
}

export class ProvidedAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ description: 'Units available after the change', example: 50 })
  stock!: number;

  @ApiProperty({ description: 'Units added', example: 50 })
  quantity!: number;
}

export function providedAnswer({ itemId, available, quantity }: ProvidedStock): ProvidedAnswer {
  return { product_id: itemId, stock: available, quantity };
}

export class AdjustStockDto {
  @Integer({ min: -unitsMax, max: unitsMax, description: 'Units to add, or to remove if negative', example: -2 })
  delta!: number;

  @Text({
    max: 500,
    description: 'Why the stock is corrected. It is stored permanently; do not include personal data',
    example: 'counted',
  })
  reason!: string;

  @Integer({
    optional: true,
    max: unitsMax,
    description: 'Number of available units you expect; the request is rejected if it differs',
  })
  expected?: number;

  @Id({ default: String(mainInventory), description: 'Number of the inventory', example: 1 })
  inventory_id!: string;
}

export class AdjustedAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ description: 'Units available after the change', example: 48 })
  stock!: number;

  @ApiProperty({ example: -2 })
  delta!: number;

  @ApiProperty({ example: 'counted' })
  reason!: string;
}

export function adjustedAnswer({ itemId, available, delta, reason }: AdjustedStock): AdjustedAnswer {
  return { product_id: itemId, stock: available, delta, reason };
}

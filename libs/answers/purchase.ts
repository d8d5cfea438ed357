import { ApiProperty } from '@nestjs/swagger';
import type { Labels, Metadata, StockId } from '#domain';
import { ShownMetadata, ShownReference } from './labels.ts';

export class PurchaseAnswer {
  @ApiProperty({ example: 'pur_01KGA7M8Q0V3T4ZJ5N6P7R8S9T_i1_prod_001_9C04E1B27A6F3D58' })
  purchaseId!: string;

  @ApiProperty({ example: 'prod_001' })
  itemId!: string;

  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  userId!: string;

  @ApiProperty({ example: 2 })
  quantity!: number;

  @ApiProperty({ description: 'Units of them that were given back', example: 0 })
  returnedQuantity!: number;

  @ApiProperty({ description: 'Units available after the purchase', example: 48 })
  remaining!: number;

  @ApiProperty()
  purchasedAt!: string;

  @ShownReference()
  reference?: string;

  @ShownMetadata()
  metadata?: Metadata;
}

interface ShownPurchase {
  readonly purchaseId: string;
  readonly stock: StockId;
  readonly customerId: string;
  readonly quantity: number;
  readonly remaining: number;
  readonly at: Date;
  readonly labels?: Labels | undefined;
}

export function purchaseAnswer(purchase: ShownPurchase, returnedQuantity = 0): PurchaseAnswer {
  const { purchaseId, stock, customerId: userId, quantity, remaining, at } = purchase;
  if (stock.kind !== 'item') throw new Error(`${purchaseId} is not a purchase of an item`);
  const { itemId } = stock;
  const purchasedAt = at.toISOString();
  return { purchaseId, itemId, userId, quantity, returnedQuantity, remaining, purchasedAt, ...purchase.labels };
}

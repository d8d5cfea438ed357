import { ApiProperty } from '@nestjs/swagger';
import { mainInventory, type Metadata, type StockId } from '#domain';
import type { HoldIds } from '#ids';
import { holdStatuses, type Hold } from '#read-models';
import { ShownMetadata, ShownReference } from './labels.ts';

export class HoldAnswer {
  @ApiProperty({ description: 'Id of the hold; opaque' })
  id!: string;

  @ApiProperty({ description: 'Number of the slot; absent for a hold on an item', example: 1, required: false })
  slot_id?: number;

  @ApiProperty({ description: 'Id of the item; absent for a hold on a slot', example: 'prod_001', required: false })
  item_id?: string;

  @ApiProperty({
    description: 'Number of the inventory; absent for a hold in the main one, and on a slot',
    example: 2,
    required: false,
  })
  inventory_id?: number;

  @ApiProperty({ example: 1 })
  quantity!: number;

  @ApiProperty({ enum: holdStatuses })
  status!: string;

  @ApiProperty({
    type: Number,
    description: 'Units taken when the hold was confirmed; null unless confirmed',
    nullable: true,
  })
  confirmedQuantity!: number | null;

  @ApiProperty({ description: 'Units of those taken that were given back', example: 0 })
  returnedQuantity!: number;

  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  user_id!: string;

  @ApiProperty({ description: 'Time at which an open hold expires' })
  expiresAt!: string;

  @ApiProperty()
  createdAt!: string;

  @ShownReference()
  reference?: string;

  @ShownMetadata()
  metadata?: Metadata;
}

export function holdAnswer(hold: Omit<Hold, 'endedAt'>, holdIds: HoldIds, returnedQuantity = 0): HoldAnswer {
  const { stock, quantity, status, confirmedQuantity, customerId, expiresAt, createdAt } = hold;
  return {
    id: holdIds.idOf(hold),
    ...subjectOf(stock),
    quantity,
    status,
    confirmedQuantity,
    returnedQuantity,
    user_id: customerId,
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
    ...hold.labels,
  };
}

function subjectOf(stock: StockId): Pick<HoldAnswer, 'slot_id' | 'item_id' | 'inventory_id'> {
  if (stock.kind === 'slot') return { slot_id: stock.slotId };
  const { itemId, inventoryId } = stock;
  return inventoryId === mainInventory ? { item_id: itemId } : { item_id: itemId, inventory_id: inventoryId };
}

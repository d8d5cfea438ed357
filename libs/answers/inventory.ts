import { ApiProperty } from '@nestjs/swagger';
import type { InventoryFacts } from '#domain';

export class InventoryAnswer {
  @ApiProperty({ example: 2 })
  inventory_id!: number;

  @ApiProperty({ example: 'Tool shed' })
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({
    type: Number,
    description: 'Number of its owner; null for the main inventory, and for an owner who was erased',
    example: 1,
    nullable: true,
  })
  owner_id!: number | null;

  @ApiProperty({ description: 'Whether its units are lent', example: true })
  lends!: boolean;

  @ApiProperty({ description: 'Whether anybody may provide units to it', example: true })
  takesProvides!: boolean;

  @ApiProperty({
    type: Number,
    description: 'Duration of a lend for which none is given; null if it then has no due time',
    example: 604800,
    nullable: true,
  })
  defaultLendSeconds!: number | null;

  @ApiProperty({ description: 'How many times a lend can be renewed', example: 0 })
  renewalsMax!: number;

  @ApiProperty({
    type: Number,
    description: 'Open lends that each borrower may have; null if there is no limit',
    nullable: true,
  })
  openLendsMax!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Units on loan that each borrower may have; null if there is no limit',
    nullable: true,
  })
  lentUnitsMax!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Overdue lends that each borrower may have; null if there is no limit',
    nullable: true,
  })
  overdueLendsMax!: number | null;

  @ApiProperty({ type: String, description: 'Null for the main inventory, which was always there', nullable: true })
  created_at!: string | null;
}

export function inventoryAnswer(inventory: InventoryFacts, ownerNumber: number | undefined): InventoryAnswer {
  const { inventoryId, name, description, createdAt } = inventory;
  const { lends, takesProvides, defaultLendSeconds, renewalsMax } = inventory;
  const { openLendsMax, lentUnitsMax, overdueLendsMax } = inventory;
  return {
    inventory_id: inventoryId,
    name,
    description,
    owner_id: ownerNumber ?? null,
    lends,
    takesProvides,
    defaultLendSeconds,
    renewalsMax,
    openLendsMax,
    lentUnitsMax,
    overdueLendsMax,
    created_at: createdAt === null ? null : new Date(createdAt).toISOString(),
  };
}

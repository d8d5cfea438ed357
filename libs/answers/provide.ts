import { ApiProperty } from '@nestjs/swagger';

export class ProvideAnswer {
  @ApiProperty({ example: 456 })
  provide_id!: number;

  @ApiProperty({
    type: Number,
    description: 'Number of the user who provided the units; null for a user who was erased',
    example: 2,
    nullable: true,
  })
  user_id!: number | null;

  @ApiProperty({ description: 'Number of the item', example: 8 })
  item_id!: number;

  @ApiProperty({ example: 50 })
  qty!: number;

  @ApiProperty({ format: 'date-time', example: '2025-12-05T09:00:00.000Z' })
  provide_date!: string;

  @ApiProperty({ example: 1 })
  inventory_id!: number;
}

interface ShownProvide {
  readonly provideId: number;
  readonly userNumber: number | undefined;
  readonly itemNumber: number;
  readonly quantity: number;
  readonly at: Date;
  readonly inventoryId: number;
}

export function provideAnswer(provide: ShownProvide): ProvideAnswer {
  return {
    provide_id: provide.provideId,
    user_id: provide.userNumber ?? null,
    item_id: provide.itemNumber,
    qty: provide.quantity,
    provide_date: provide.at.toISOString(),
    inventory_id: provide.inventoryId,
  };
}

import { ApiProperty } from '@nestjs/swagger';
import { PurchaseAnswer } from '#answers';
import { Id, Reference, Time } from '#http';
import { CountedPageAnswer, ListDto } from '../edge/paging/paging.dto.ts';

export class PurchasesDto extends ListDto {
  @Id({
    optional: true,
    description: 'Id or number of the user whose purchases are listed; staff only',
    example: 'user_a1b2c3d4e5f6a7b8',
  })
  userId?: string;

  @Id({ optional: true, description: 'Id or number of the item', example: 'prod_001' })
  item?: string;

  @Reference({ description: 'The reference that it was given', example: 'cart-2093' })
  reference?: string;

  @Time({ optional: true, description: 'Bought at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Bought before this time', example: '2025-12-02T00:00:00Z' })
  to?: Date;
}

export class ShownPurchaseAnswer extends PurchaseAnswer {
  @ApiProperty({ type: Number, description: 'Number of the item', example: 1, nullable: true })
  itemNumber!: number | null;

  @ApiProperty({ type: String, description: 'Name that the item has now', example: 'Lamp', nullable: true })
  itemName!: string | null;
}

export class PurchasesAnswer extends CountedPageAnswer {
  @ApiProperty({ type: [ShownPurchaseAnswer], description: 'Newest first' })
  purchases!: ShownPurchaseAnswer[];
}

import { ApiProperty } from '@nestjs/swagger';
import { Id, OneOf } from '#http';
import { holdStatuses } from '#read-models';
import { ListDto, PageAnswer } from '../paging/paging.dto.ts';

export class HoldsDto extends ListDto {
  @OneOf({ optional: true, choices: holdStatuses })
  status?: (typeof holdStatuses)[number];

  @Id({ optional: true, description: 'Whose holds; for staff', example: 'user_a1b2c3d4e5f6a7b8' })
  user_id?: string;
}

export class HoldAnswer {
  @ApiProperty({ description: 'Opaque' })
  id!: string;

  @ApiProperty({ description: 'Of a hold on a slot', example: 1, required: false })
  slot_id?: number;

  @ApiProperty({ description: 'Of a hold on an item', example: 'prod_001', required: false })
  item_id?: string;

  @ApiProperty({ example: 1 })
  quantity!: number;

  @ApiProperty({ enum: holdStatuses })
  status!: string;

  @ApiProperty({ type: Number, description: 'How many were wanted in the end', nullable: true })
  confirmedQuantity!: number | null;

  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  user_id!: string;

  @ApiProperty()
  expiresAt!: string;

  @ApiProperty()
  createdAt!: string;
}

export class HoldsAnswer extends PageAnswer {
  @ApiProperty({ type: [HoldAnswer], description: 'The newest first' })
  holds!: HoldAnswer[];
}

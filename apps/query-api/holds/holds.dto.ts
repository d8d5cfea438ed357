import { ApiProperty } from '@nestjs/swagger';
import { HoldAnswer } from '#answers';
import { Id, OneOf, QueryInteger, Reference, Time } from '#http';
import { holdStatuses } from '#read-models';
import { CountedPageAnswer, ListDto } from '../edge/paging/paging.dto.ts';

export class HoldsDto extends ListDto {
  @OneOf({ optional: true, choices: holdStatuses })
  status?: (typeof holdStatuses)[number];

  @Id({ optional: true, description: 'User whose holds are listed; staff only', example: 'user_a1b2c3d4e5f6a7b8' })
  user_id?: string;

  @QueryInteger({ optional: true, min: 1, max: 999_999_999, description: 'Number of a slot', example: 1 })
  slot?: number;

  @Id({ optional: true, description: 'Id or number of an item; not with `slot`', example: 'prod_001' })
  item?: string;

  @Reference({ description: 'The reference that it was given', example: 'cart-2093' })
  reference?: string;

  @Time({ optional: true, description: 'Made at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Made before this time', example: '2025-12-02T00:00:00Z' })
  to?: Date;
}

export class HoldsAnswer extends CountedPageAnswer {
  @ApiProperty({ type: [HoldAnswer], description: 'Newest first' })
  holds!: HoldAnswer[];
}

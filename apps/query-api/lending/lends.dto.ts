import { ApiProperty } from '@nestjs/swagger';
import { LendAnswer } from '#answers';
import { Id, QueryFlag, QueryInteger, Reference, Time } from '#http';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

export class LendsDto extends ListDto {
  @Id({ optional: true, description: 'Id or number of the borrower', example: 1 })
  user_id?: string;

  @Id({ optional: true, description: 'Id or number of the item', example: 5 })
  item_id?: string;

  @QueryInteger({ optional: true, min: 1, max: 999_999_999, description: 'Number of the inventory', example: 2 })
  inventory_id?: number;

  @Reference({ description: 'The reference that it was given', example: 'cart-2093' })
  reference?: string;

  @QueryFlag({ optional: true, description: 'Whether units are not back' })
  open?: boolean;

  @QueryFlag({ optional: true, description: 'Whether units are still out at or after the due time' })
  overdue?: boolean;

  @Time({ optional: true, description: 'Lent at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Lent before this time', example: '2025-12-08T00:00:00Z' })
  to?: Date;
}

export class LendsAnswer extends PageAnswer {
  @ApiProperty({ type: [LendAnswer], description: 'Newest first' })
  lends!: LendAnswer[];
}

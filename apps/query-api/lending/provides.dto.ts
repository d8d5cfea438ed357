import { ApiProperty } from '@nestjs/swagger';
import { ProvideAnswer } from '#answers';
import { Id, QueryInteger, Time } from '#http';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

export class ProvidesDto extends ListDto {
  @Id({ optional: true, description: 'Id or number of the user who provided the units', example: 2 })
  user_id?: string;

  @Id({ optional: true, description: 'Id or number of the item', example: 8 })
  item_id?: string;

  @QueryInteger({ optional: true, min: 1, max: 999_999_999, description: 'Number of the inventory' })
  inventory_id?: number;

  @Time({ optional: true, description: 'Provided at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Provided before this time', example: '2026-01-01T00:00:00Z' })
  to?: Date;
}

export class ProvidesAnswer extends PageAnswer {
  @ApiProperty({ type: [ProvideAnswer], description: 'Newest first' })
  provides!: ProvideAnswer[];
}

import { ApiProperty } from '@nestjs/swagger';
import { HoldAnswer } from '#answers';
import { Id, OneOf } from '#http';
import { holdStatuses } from '#read-models';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

export class HoldsDto extends ListDto {
  @OneOf({ optional: true, choices: holdStatuses })
  status?: (typeof holdStatuses)[number];

  @Id({ optional: true, description: 'User whose holds are listed; staff only', example: 'user_a1b2c3d4e5f6a7b8' })
  user_id?: string;
}

export class HoldsAnswer extends PageAnswer {
  @ApiProperty({ type: [HoldAnswer], description: 'Newest first' })
  holds!: HoldAnswer[];
}

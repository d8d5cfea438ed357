import { ApiProperty } from '@nestjs/swagger';
import { HoldAnswer, LendAnswer } from '#answers';
import { claimsShownMax } from '#read-models';
import { PageAnswer } from '../edge/paging/paging.dto.ts';
import { ItemBalanceAnswer } from './inventories.dto.ts';

const shown = `The open ones, oldest first, at most ${claimsShownMax}`;

class WhereaboutsInInventoryAnswer {
  @ApiProperty({ example: 2 })
  inventory_id!: number;

  @ApiProperty()
  balance!: ItemBalanceAnswer;

  @ApiProperty({ type: [LendAnswer], description: shown })
  lends!: readonly LendAnswer[];

  @ApiProperty({ type: [HoldAnswer], description: shown })
  holds!: readonly HoldAnswer[];

  @ApiProperty({ description: 'Whether there are more open lends or holds than are shown', example: false })
  more!: boolean;
}

export class WhereaboutsAnswer extends PageAnswer {
  @ApiProperty({ description: 'Number of the item', example: 5 })
  item_id!: number;

  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ type: [WhereaboutsInInventoryAnswer], description: 'In the order of their numbers' })
  inventories!: WhereaboutsInInventoryAnswer[];
}

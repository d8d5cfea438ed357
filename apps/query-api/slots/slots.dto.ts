import { ApiProperty } from '@nestjs/swagger';
import { ListedSlotAnswer } from '#answers';
import { OneOf, QueryFlag, QueryInteger, QueryIntegers, Time } from '#http';
import { slotSorts, type SlotSort } from '#read-models';
import { ListDto, PageAnswer, PagingDto } from '../edge/paging/paging.dto.ts';
import { MovementAnswer, MovementsDto } from '../stock/stock.dto.ts';

const idsMax = 500;
/** How many slots there are in the array, unless a `limit` or a `page` says how many. */
export const allPlacesMax = 5000;
export const placesOfPage = 100;

// What both lists of slots can be asked for.
const startingFrom = {
  optional: true,
  description: 'Only slots that start at or after this time',
  example: '2026-02-01T00:00:00Z',
};
const startingBefore = {
  optional: true,
  description: 'Only slots that start before this time',
  example: '2026-02-08T00:00:00Z',
};
const withIds = {
  optional: true,
  min: 1,
  countMax: idsMax,
  description: 'Only slots with these ids',
  example: '1,2',
};

export class PlacesDto extends PagingDto {
  @QueryInteger({
    optional: true,
    min: 1,
    max: allPlacesMax,
    description: `${allPlacesMax} by default; with \`page\`, ${placesOfPage}`,
  })
  limit?: number;

  @Time(startingFrom)
  from?: Date;

  @Time(startingBefore)
  to?: Date;

  @QueryIntegers(withIds)
  ids?: number[];
}

export class SlotsDto extends ListDto {
  @Time(startingFrom)
  from?: Date;

  @Time(startingBefore)
  to?: Date;

  @QueryIntegers(withIds)
  ids?: number[];

  @QueryFlag({
    optional: true,
    description: 'Only slots that can be booked, which have not started and have places left; `false` for the others',
  })
  free?: boolean;

  @OneOf({
    optional: true,
    choices: slotSorts,
    description: '`startsAt` by default; in both directions, slots without a start are last',
  })
  sort?: SlotSort;
}

export class SlotsAnswer extends PageAnswer {
  @ApiProperty({ type: [ListedSlotAnswer] })
  slots!: ListedSlotAnswer[];

  @ApiProperty({ description: 'False when there are more slots than `total`, because no more are counted' })
  totalIsExact!: boolean;
}

export class SlotHistoryDto extends MovementsDto {}

export class SlotHistoryAnswer extends PageAnswer {
  @ApiProperty({ example: 1 })
  slotId!: number;

  @ApiProperty({ type: [MovementAnswer], description: 'In the order of `sort`' })
  movements!: MovementAnswer[];
}

import { QueryInteger, QueryIntegers, Time } from '#http';
import { PagingDto } from '../edge/paging/paging.dto.ts';

const slotsMax = 500;

export class SlotsDto extends PagingDto {
  @QueryInteger({ default: 100, min: 1, max: slotsMax })
  limit!: number;

  @Time({ optional: true, description: 'Only slots that start at or after this time', example: '2026-02-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Only slots that start before this time', example: '2026-02-08T00:00:00Z' })
  to?: Date;

  @QueryIntegers({
    optional: true,
    min: 1,
    countMax: slotsMax,
    description: 'Only slots with these ids',
    example: '1,2',
  })
  ids?: number[];
}

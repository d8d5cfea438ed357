import { ApiProperty } from '@nestjs/swagger';
import { QueryInteger, Text } from '#http';

const cursorMax = 300;

/** Which part of a list. Each list has a `limit` of its own besides. */
export abstract class PagingDto {
  @QueryInteger({
    optional: true,
    min: 1,
    max: 1000,
    description: 'Page number, from 1; to read further than the maximum, use `cursor`',
  })
  page?: number;

  @Text({
    optional: true,
    max: cursorMax,
    description: 'The `nextCursor` of the previous page; cannot be combined with `page`',
  })
  cursor?: string;
}

export class ListDto extends PagingDto {
  @QueryInteger({ default: 20, min: 1, max: 100 })
  limit!: number;
}

export class PageAnswer {
  @ApiProperty({
    type: Number,
    description: 'Number of entries on all pages; null with `cursor`',
    example: 1,
    nullable: true,
  })
  total!: number | null;

  @ApiProperty({ type: Number, description: 'Page number; null with `cursor`', example: 1, nullable: true })
  page!: number | null;

  @ApiProperty({ example: 20 })
  limit!: number;

  @ApiProperty({ example: false })
  hasMore!: boolean;

  @ApiProperty({
    type: String,
    description: 'Send it as `cursor` to get the next page; null on the last page',
    nullable: true,
  })
  nextCursor!: string | null;
}

/** Of a list that may be long, of which not all entries are counted. */
export class CountedPageAnswer extends PageAnswer {
  @ApiProperty({ description: 'False when there are more entries than `total`, because no more are counted' })
  totalIsExact!: boolean;
}

/** Of a list that has few entries: they are all on one page. */
export class WholeListAnswer {
  @ApiProperty({ type: String, description: 'Always null: the list is whole', nullable: true, enum: [null] })
  nextCursor!: null;
}

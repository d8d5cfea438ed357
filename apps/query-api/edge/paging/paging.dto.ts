import { ApiProperty } from '@nestjs/swagger';
import { QueryInteger, Text } from '#http';

const cursorMax = 300;

/** Which part of a list. Each list has a `limit` of its own besides. */
export abstract class PagingDto {
  @QueryInteger({ optional: true, min: 1, max: 1000, description: 'Starts at 1; deeper than this, use `cursor`' })
  page?: number;

  @Text({ optional: true, max: cursorMax, description: 'The `nextCursor` of the page before; not with `page`' })
  cursor?: string;
}

export class ListDto extends PagingDto {
  @QueryInteger({ default: 20, min: 1, max: 100 })
  limit!: number;
}

export class PageAnswer {
  @ApiProperty({ type: Number, description: 'Of all pages; not counted with `cursor`', example: 1, nullable: true })
  total!: number | null;

  @ApiProperty({ type: Number, description: 'Null with `cursor`', example: 1, nullable: true })
  page!: number | null;

  @ApiProperty({ example: 20 })
  limit!: number;

  @ApiProperty({ example: false })
  hasMore!: boolean;

  @ApiProperty({ type: String, description: 'Send it as `cursor` for what comes next', nullable: true })
  nextCursor!: string | null;
}

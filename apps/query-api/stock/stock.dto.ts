import { ApiProperty } from '@nestjs/swagger';
import { mainInventory } from '#domain';
import { OneOf, QueryInteger, Time } from '#http';
import { movementSorts, type MovementSort } from '#read-models';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

export class StockDto {
  @QueryInteger({ default: mainInventory, min: 1, max: 999_999_999, description: 'Number of the inventory' })
  inventory_id!: number;

  @Time({
    optional: true,
    past: true,
    description: 'Return the stock as of this time',
    example: '2026-01-31T12:00:00Z',
  })
  at?: Date;
}

export class MovementsDto extends ListDto {
  @OneOf({ optional: true, choices: movementSorts, description: 'Which come first; `oldest` by default' })
  sort?: MovementSort;
}

export class HistoryDto extends MovementsDto {
  @QueryInteger({ default: mainInventory, min: 1, max: 999_999_999, description: 'Number of the inventory' })
  inventory_id!: number;
}

class BalanceAnswer {
  @ApiProperty({ description: 'Units available', example: 50 })
  stock!: number;

  @ApiProperty({ description: 'Units received minus units removed', example: 50 })
  total!: number;

  @ApiProperty({ description: 'Units sold, booked or consumed', example: 0 })
  taken!: number;

  @ApiProperty({ description: 'Units on hold', example: 0 })
  held!: number;

  @ApiProperty({ description: 'Units reserved for orders', example: 0 })
  reserved!: number;

  @ApiProperty({ description: 'Units on loan', example: 0 })
  lent!: number;
}

export class StockAnswer extends BalanceAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ example: 1 })
  inventory_id!: number;

  @ApiProperty({ description: 'Revision of the last event that changed the stock; -1 before the first', example: 0 })
  revision!: number;

  @ApiProperty({ description: 'Only with `at`: time of the last event up to then', required: false })
  changedAt?: string;
}

export class MovementAnswer extends BalanceAnswer {
  @ApiProperty({ description: 'Revision of the event', example: 0 })
  revision!: number;

  @ApiProperty({ description: 'Type of the event', example: 'UnitsProvided' })
  type!: string;

  @ApiProperty()
  at!: string;

  @ApiProperty({
    type: String,
    description: 'User who caused it; null for automatic changes such as expiry',
    nullable: true,
  })
  actor!: string | null;

  @ApiProperty({ type: Number, description: 'Units involved; null if none', nullable: true })
  quantity!: number | null;

  @ApiProperty({ type: String, description: 'Id of the purchase, hold, order, lend or provision', nullable: true })
  reference!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class HistoryAnswer extends PageAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ example: 1 })
  inventory_id!: number;

  @ApiProperty({ type: [MovementAnswer], description: 'In the order of `sort`' })
  movements!: MovementAnswer[];
}

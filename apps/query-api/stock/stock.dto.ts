import { ApiProperty } from '@nestjs/swagger';
import { mainInventory } from '#domain';
import { QueryInteger, Time } from '#http';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

export class StockDto {
  @QueryInteger({ default: mainInventory, min: 1, max: 999_999_999, description: 'In which inventory' })
  inventory_id!: number;

  @Time({ optional: true, past: true, description: 'The stock as it was then', example: '2026-01-31T12:00:00Z' })
  at?: Date;
}

export class HistoryDto extends ListDto {
  @QueryInteger({ default: mainInventory, min: 1, max: 999_999_999, description: 'In which inventory' })
  inventory_id!: number;
}

class BalanceAnswer {
  @ApiProperty({ description: 'What can be promised', example: 50 })
  stock!: number;

  @ApiProperty({ description: 'Units ever received, less those removed', example: 50 })
  total!: number;

  @ApiProperty({ description: 'Sold, booked or consumed', example: 0 })
  taken!: number;

  @ApiProperty({ example: 0 })
  held!: number;

  @ApiProperty({ example: 0 })
  reserved!: number;

  @ApiProperty({ example: 0 })
  lent!: number;
}

export class StockAnswer extends BalanceAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ example: 1 })
  inventory_id!: number;

  @ApiProperty({ description: 'Of the latest event of this stock that changed it; -1 before the first', example: 0 })
  revision!: number;

  @ApiProperty({ description: 'With `at`: when the latest event up to then happened', required: false })
  changedAt?: string;
}

export class MovementAnswer extends BalanceAnswer {
  @ApiProperty({ example: 0 })
  revision!: number;

  @ApiProperty({ example: 'UnitsProvided' })
  type!: string;

  @ApiProperty()
  at!: string;

  @ApiProperty({ type: String, description: 'Whose command it was; null for what happens by itself', nullable: true })
  actor!: string | null;

  @ApiProperty({ type: Number, description: 'Units it is about; null when about none', nullable: true })
  quantity!: number | null;

  @ApiProperty({ type: String, description: 'The purchase, hold, order, lend or provision', nullable: true })
  reference!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class HistoryAnswer extends PageAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ example: 1 })
  inventory_id!: number;

  @ApiProperty({ type: [MovementAnswer], description: 'In the order in which they happened' })
  movements!: MovementAnswer[];
}

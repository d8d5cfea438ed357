import { ApiProperty } from '@nestjs/swagger';

export class StockAnswer {
  @ApiProperty({ example: 'prod_001' })
  product_id!: string;

  @ApiProperty({ example: 1 })
  inventory_id!: number;

  @ApiProperty({ description: 'What can be promised now', example: 50 })
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

  @ApiProperty({ description: 'Of the latest event of this stock; -1 before the first', example: 0 })
  revision!: number;
}

import { ApiProperty } from '@nestjs/swagger';
import { orderStatuses, type OrderStatus } from '#domain';
import { Id, OneOf, QueryInteger, Reference, Text, Time } from '#http';
import { PageAnswer, PagingDto, WholeListAnswer } from '../edge/paging/paging.dto.ts';

const orderNumberMax = 40;

export class OrdersDto extends PagingDto {
  @QueryInteger({ default: 10, min: 1, max: 100 })
  limit!: number;

  @OneOf({
    optional: true,
    choices: orderStatuses,
    description: 'Without it, orders of any status but `rejected` are listed',
  })
  status?: OrderStatus;

  @Reference({ description: 'The reference that it was given', example: 'cart-2093' })
  reference?: string;
}

export class AllOrdersDto extends OrdersDto {
  @Id({ optional: true, description: 'Id or number of the customer', example: 'user_a1b2c3d4e5f6a7b8' })
  user?: string;

  @Id({ optional: true, description: 'Id or number of an item that is in the order', example: 'prod_001' })
  product?: string;

  @Time({ optional: true, description: 'Submitted at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Submitted before this time', example: '2025-12-02T00:00:00Z' })
  to?: Date;

  @Text({ optional: true, max: orderNumberMax, example: 'ORD-20251201-0001' })
  orderNumber?: string;
}

export class ListedOrderAnswer {
  @ApiProperty({ example: 'ord_20251201a1b2c3d4' })
  id!: string;

  @ApiProperty({ example: 'ORD-20251201-0001' })
  orderNumber!: string;

  @ApiProperty({ example: 2997 })
  total!: number;

  @ApiProperty({ enum: orderStatuses, example: 'pending' })
  status!: OrderStatus;

  @ApiProperty()
  createdAt!: string;
}

export class OrdersAnswer extends PageAnswer {
  @ApiProperty({ type: [ListedOrderAnswer], description: 'Newest first' })
  orders!: ListedOrderAnswer[];
}

export class ListedOrderOfAnybodyAnswer extends ListedOrderAnswer {
  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  userId!: string;
}

export class AllOrdersAnswer extends PageAnswer {
  @ApiProperty({ type: [ListedOrderOfAnybodyAnswer], description: 'Newest first' })
  orders!: ListedOrderOfAnybodyAnswer[];
}

export class OrderChangeAnswer {
  @ApiProperty({ enum: orderStatuses, description: 'Status after the change', example: 'shipped' })
  status!: OrderStatus;

  @ApiProperty({ description: 'Type of the event', example: 'OrderShipped' })
  type!: string;

  @ApiProperty()
  at!: string;

  @ApiProperty({ type: String, description: 'Id of the user who caused it', nullable: true })
  actor!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { trackingNumber: 'TW123456789' } })
  details!: object;
}

export class OrderHistoryAnswer extends WholeListAnswer {
  @ApiProperty({ example: 'ord_20251201a1b2c3d4' })
  orderId!: string;

  @ApiProperty({ type: [OrderChangeAnswer], description: 'In the order of occurrence' })
  history!: OrderChangeAnswer[];
}

import { ApiProperty } from '@nestjs/swagger';
import { orderStatuses, paymentMethods } from '#domain';
import type { Labels, Metadata, OrderStatus, PaymentMethod } from '#domain';
import type { ShippingInfo } from '#people';
import { ShownMetadata, ShownReference } from './labels.ts';

export class OrderItemAnswer {
  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ description: 'As it was when the order was submitted', example: '無線藍牙耳機' })
  name!: string;

  @ApiProperty({ description: 'Price of one unit when the order was submitted', example: 1299 })
  price!: number;

  @ApiProperty({ example: 2 })
  quantity!: number;

  @ApiProperty({ type: String, nullable: true, example: 'https://example.com/thumb.jpg' })
  thumbnail!: string | null;

  @ApiProperty({
    required: false,
    description: 'Units of the line that were given back; only if some of the order were',
    example: 0,
  })
  returnedQuantity?: number;
}

export class ShippingInfoAnswer {
  @ApiProperty({ example: '王小明' })
  recipientName!: string;

  @ApiProperty({ example: '0912345678' })
  recipientPhone!: string;

  @ApiProperty({ example: '台北市' })
  city!: string;

  @ApiProperty({ example: '信義區' })
  district!: string;

  @ApiProperty({ example: '市府路1號' })
  address!: string;

  @ApiProperty({ example: '110' })
  postalCode!: string;
}

export class OrderAnswer {
  @ApiProperty({ example: 'ord_20251201a1b2c3d4' })
  id!: string;

  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  userId!: string;

  @ApiProperty({ example: 'ORD-20251201-0001' })
  orderNumber!: string;

  @ApiProperty({ type: [OrderItemAnswer] })
  items!: OrderItemAnswer[];

  @ApiProperty({ example: 2598 })
  subtotal!: number;

  @ApiProperty({ example: 0 })
  shipping!: number;

  @ApiProperty({ example: 0 })
  discount!: number;

  @ApiProperty({ example: 2598 })
  total!: number;

  @ApiProperty({
    enum: orderStatuses,
    description: '`submitted` until all units are reserved: then `pending`, or `rejected`',
    example: 'pending',
  })
  status!: OrderStatus;

  @ApiProperty({ enum: paymentMethods, nullable: true, description: 'null if nothing is shipped' })
  paymentMethod!: PaymentMethod | null;

  @ApiProperty({
    type: ShippingInfoAnswer,
    nullable: true,
    description: 'null if nothing is shipped, or the customer was erased',
  })
  shippingInfo!: ShippingInfoAnswer | null;

  @ApiProperty({ type: String, nullable: true })
  trackingNumber!: string | null;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty()
  updatedAt!: string;

  @ShownReference()
  reference?: string;

  @ShownMetadata()
  metadata?: Metadata;
}

/** What both APIs know of an order. Times in milliseconds since 1970. */
export interface ShownOrder {
  readonly orderId: string;
  readonly customerId: string;
  readonly orderNumber: string;
  readonly lines: readonly {
    readonly itemId: string;
    readonly name: string;
    readonly price: number;
    readonly quantity: number;
    readonly thumbnail: string | null;
  }[];
  readonly subtotal: number;
  readonly shipping: number;
  readonly discount: number;
  readonly total: number;
  readonly status: OrderStatus;
  readonly paymentMethod: PaymentMethod | null;
  readonly trackingNumber: string | null;
  readonly submittedAt: number;
  readonly updatedAt: number;
  readonly labels?: Labels | undefined;
}

/** Units that were given back, by the id of the item. */
export type ReturnedItems = ReadonlyMap<string, number>;

export function orderAnswer(
  order: ShownOrder,
  contact: ShippingInfo | null,
  returned: ReturnedItems = new Map(),
): OrderAnswer {
  const { orderId, customerId, orderNumber, lines, subtotal, shipping, discount, total } = order;
  const { status, paymentMethod, trackingNumber } = order;
  return {
    id: orderId,
    userId: customerId,
    orderNumber,
    items: itemsOf(lines, returned),
    subtotal,
    shipping,
    discount,
    total,
    status,
    paymentMethod,
    shippingInfo: contact,
    trackingNumber,
    createdAt: new Date(order.submittedAt).toISOString(),
    updatedAt: new Date(order.updatedAt).toISOString(),
    ...order.labels,
  };
}

/** Of several lines of an item, the first ones are given back first. */
function itemsOf(lines: ShownOrder['lines'], returned: ReturnedItems): OrderItemAnswer[] {
  const left = new Map(returned);
  return lines.map(({ itemId, name, price, quantity, thumbnail }) => {
    const ofItem = left.get(itemId) ?? 0;
    const returnedQuantity = Math.min(quantity, ofItem);
    left.set(itemId, ofItem - returnedQuantity);
    const item = { id: itemId, name, price, quantity, thumbnail };
    return returned.size === 0 ? item : { ...item, returnedQuantity };
  });
}

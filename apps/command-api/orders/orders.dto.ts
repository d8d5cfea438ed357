import { paymentMethods, unitsMax, type PaymentMethod } from '#domain';
import { Id, Integer, ListOf, Metadata, ObjectOf, OneOf, QueryInteger, Reference, Text } from '#http';
import { reasonOfReturn } from '../stock/return.dto.ts';

const linesMax = 100;
const nameMax = 100;
const phone = { min: 1, max: 30 };
const placeMax = 100;
const addressMax = 500;
const postalCodeMax = 20;
const holdIdMax = 255;
const referenceMax = 100;
const trackingNumberMax = 100;

export class OrderLineDto {
  @Id({ description: 'Id or number of an item', example: 'prod_001' })
  id!: string;

  @Integer({ min: 1, max: unitsMax, example: 2 })
  quantity!: number;

  @Text({
    optional: true,
    max: holdIdMax,
    description: 'Your own open hold on the item: the line is taken from it, and the rest of the hold is given back',
  })
  holdId?: string;
}

export class ShippingInfoDto {
  @Text({ max: nameMax, example: '王小明' })
  recipientName!: string;

  @Text({ ...phone, example: '0912345678' })
  recipientPhone!: string;

  @Text({ max: placeMax, example: '台北市' })
  city!: string;

  @Text({ max: placeMax, example: '信義區' })
  district!: string;

  @Text({ max: addressMax, example: '市府路1號' })
  address!: string;

  @Text({ max: postalCodeMax, example: '110' })
  postalCode!: string;
}

export class PlaceOrderDto {
  @ListOf(OrderLineDto, {
    min: 0,
    max: linesMax,
    description: '1 to 100 lines; lines of the same item are reserved together',
    example: [
      { id: 'prod_001', quantity: 2 },
      { id: 'prod_003', quantity: 1 },
    ],
  })
  items!: OrderLineDto[];

  @ObjectOf(ShippingInfoDto)
  shippingInfo!: ShippingInfoDto;

  @OneOf({ choices: paymentMethods, example: 'credit_card' })
  paymentMethod!: PaymentMethod;

  @Reference()
  reference?: string;

  @Metadata()
  metadata?: Record<string, string>;
}

export class OrderOneItemDto {
  @Id({ description: 'Id or number of an item', example: 'prod_001' })
  product_id!: string;

  @QueryInteger({ min: 1, max: unitsMax, default: 1, example: 2 })
  quantity!: number;
}

const nextStatuses = ['processing', 'shipped', 'completed'] as const;

export class ChangeOrderStatusDto {
  @OneOf({ choices: nextStatuses, example: 'processing' })
  status!: (typeof nextStatuses)[number];

  @Text({
    optional: true,
    max: trackingNumberMax,
    description: 'Required for `shipped`, and only for it, for example TW123456789',
  })
  trackingNumber?: string;
}

export class PayOrderDto {
  @Text({
    max: referenceMax,
    description: 'The payment, in the words of whoever took it. It is stored permanently; do not include personal data',
    example: 'pay_20251201_0001',
  })
  reference!: string;
}

export class ReturnedLineDto {
  @Id({ description: 'Id or number of an item of the order', example: 'prod_001' })
  id!: string;

  @Integer({
    optional: true,
    min: 1,
    max: unitsMax,
    description: 'Units to give back; by default all that were not given back yet',
    example: 1,
  })
  quantity?: number;
}

export class ReturnOrderDto {
  @ListOf(ReturnedLineDto, {
    optional: true,
    min: 1,
    max: linesMax,
    description: 'By default all that is left of every line. Lines of the same item are added up',
    example: [{ id: 'prod_001', quantity: 1 }],
  })
  lines?: ReturnedLineDto[];

  @Text(reasonOfReturn)
  reason?: string;
}

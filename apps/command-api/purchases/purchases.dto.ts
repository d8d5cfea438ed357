import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { PurchaseAnswer } from '#answers';
import { unitsMax } from '#domain';
import { Id, Integer, ListOf, Metadata, Reference, type ErrorCode } from '#http';

const linesMax = 100;

export class PurchaseDto {
  @Integer({ min: 1, max: unitsMax, default: 1, example: 2 })
  quantity!: number;

  @Reference()
  reference?: string;

  @Metadata()
  metadata?: Record<string, string>;
}

export class PurchaseLineDto {
  @Id({ description: 'Id or number of an item', example: 'prod_001' })
  id!: string;

  @Integer({ min: 1, max: unitsMax, default: 1, example: 2 })
  quantity!: number;

  @Reference()
  reference?: string;

  @Metadata()
  metadata?: Record<string, string>;
}

export class PurchaseSeveralDto {
  @ListOf(PurchaseLineDto, {
    min: 1,
    max: linesMax,
    description: 'Several lines may be of the same item; each is a purchase of its own',
    example: [{ id: 'prod_001', quantity: 2 }, { id: 'prod_003' }],
  })
  items!: PurchaseLineDto[];
}

const codesOfLine = [
  'ITEM_NOT_FOUND',
  'DISCONTINUED',
  'INSUFFICIENT_STOCK',
  'KEY_REUSED',
  'OVERLOADED',
  'OUTCOME_UNKNOWN',
  'UNAVAILABLE',
  'STOPPING',
] as const satisfies readonly ErrorCode[];

@ApiExtraModels(PurchaseAnswer)
export class PurchaseResult {
  @ApiProperty({ description: '201 if the units were bought; 503 if the request must be repeated', example: 201 })
  status!: number;

  @ApiProperty({ required: false, enum: codesOfLine, description: 'Error code; absent if the units were bought' })
  code?: string;

  @ApiProperty({
    required: false,
    description: 'The purchase, or details of the error if it has any',
    anyOf: [{ $ref: getSchemaPath(PurchaseAnswer) }, { type: 'object', additionalProperties: true }],
  })
  data?: unknown;
}

const bought = {
  purchaseId: 'pur_01KGA7M8Q0V3T4ZJ5N6P7R8S9T_i1_prod_001_9C04E1B27A6F3D58',
  itemId: 'prod_001',
  userId: 'user_a1b2c3d4e5f6a7b8',
  quantity: 2,
  returnedQuantity: 0,
  remaining: 48,
  purchasedAt: '2026-01-31T12:00:00.000Z',
};

export class PurchaseResults {
  @ApiProperty({
    type: [PurchaseResult],
    description: 'One for each line, in the order of the lines',
    example: [
      { status: 201, data: bought },
      { status: 400, code: 'INSUFFICIENT_STOCK', data: { available: 0, requested: 1 } },
    ],
  })
  results!: PurchaseResult[];
}

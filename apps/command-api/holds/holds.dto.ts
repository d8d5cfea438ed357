import { unitsMax } from '#domain';
import { Id, Integer, Metadata, Reference } from '#http';

const ttlSecondsMax = 86_400;
const ofCustomers = 'For customers at most 3,600 by default (HOLDFAST_HOLD_SECONDS_MAX).';

export class HoldDto {
  @Integer({ min: 1, max: unitsMax, default: 1, example: 2 })
  quantity!: number;

  @Integer({
    min: 1,
    max: ttlSecondsMax,
    default: 300,
    description: `Seconds until the hold expires. ${ofCustomers}`,
    example: 300,
  })
  ttlSeconds!: number;

  @Reference()
  reference?: string;

  @Metadata()
  metadata?: Record<string, string>;
}

export class HoldToLendDto extends HoldDto {
  @Id({ description: 'Id or number of the item', example: 'prod_001' })
  item_id!: string;
}

export class ConfirmHoldDto {
  @Integer({
    optional: true,
    min: 1,
    max: unitsMax,
    description: 'Units to take; by default all. The rest is released',
  })
  quantity?: number;
}

export class ExtendHoldDto {
  @Integer({
    min: 1,
    max: ttlSecondsMax,
    description: `New time to expiry in seconds from now; a hold lasts at most 24 hours in total. ${ofCustomers}`,
    example: 600,
  })
  ttlSeconds!: number;
}

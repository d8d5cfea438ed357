import { unitsMax } from '#domain';
import { Integer } from '#http';

const ttlSecondsMax = 86_400;
const ofCustomers = 'Customers: at most 3,600, unless the installation says otherwise';

export class HoldDto {
  @Integer({ min: 1, max: unitsMax, default: 1 })
  quantity!: number;

  @Integer({ min: 1, max: ttlSecondsMax, default: 300, description: `Seconds until it expires. ${ofCustomers}` })
  ttlSeconds!: number;
}

export class ConfirmHoldDto {
  @Integer({ optional: true, min: 1, max: unitsMax, description: 'All of it, unless given; the rest is released' })
  quantity?: number;
}

export class ExtendHoldDto {
  @Integer({
    min: 1,
    max: ttlSecondsMax,
    description: `From now; a hold lives at most 24 hours in all. ${ofCustomers}`,
    example: 600,
  })
  ttlSeconds!: number;
}

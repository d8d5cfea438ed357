import { unitsMax } from '#domain';
import { Integer, Text, Time } from '#http';
import { SaleTermsDto } from '../stock/sale-terms.dto.ts';

export const titleMax = 200;
const chosenIdMax = 1_000_000_000;
const cancelUntil = {
  optional: true,
  nullable: true,
  description:
    'Until when customers can give back what they booked; null for the start of the slot, or any time without one. It ' +
    'stays when the start is changed',
} as const;

export class OpenSlotDto extends SaleTermsDto {
  @Integer({
    optional: true,
    min: 1,
    max: chosenIdMax,
    description: 'A number you choose; by default the next free one',
  })
  id?: number;

  @Integer({ min: 0, max: unitsMax, description: 'Total number of places', example: 10 })
  capacity!: number;

  @Time({
    optional: true,
    nullable: true,
    description: 'Start of the slot; no place can be held or booked from then on',
    example: '2027-02-01T09:00:00Z',
  })
  startsAt?: Date | null;

  @Time({ optional: true, nullable: true, example: '2027-02-01T10:00:00Z' })
  endsAt?: Date | null;

  @Time({ ...cancelUntil, example: '2027-01-31T09:00:00Z' })
  cancelUntil?: Date | null;

  @Text({ optional: true, nullable: true, max: titleMax })
  title?: string | null;
}

export class ChangeSlotDto extends SaleTermsDto {
  @Integer({
    optional: true,
    min: 0,
    max: unitsMax,
    description: 'Total number of places; at least those already promised',
  })
  capacity?: number;

  @Time({ optional: true, nullable: true })
  startsAt?: Date | null;

  @Time({ optional: true, nullable: true })
  endsAt?: Date | null;

  @Time(cancelUntil)
  cancelUntil?: Date | null;

  @Text({ optional: true, nullable: true, max: titleMax })
  title?: string | null;
}

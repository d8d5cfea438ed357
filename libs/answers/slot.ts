import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import type { SaleTerms } from '#domain';
import { SaleTermsAnswer, saleTermsAnswer } from './sale-terms.ts';

export class SlotPlacesAnswer {
  @ApiProperty({ example: 1 })
  slot_id!: number;

  @ApiProperty({ description: 'Total number of places', example: 10 })
  capacity!: number;

  @ApiProperty({ description: 'Places available now', example: 6 })
  remaining!: number;
}

export class SlotAnswer extends IntersectionType(SlotPlacesAnswer, SaleTermsAnswer) {
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: String, nullable: true })
  startsAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  endsAt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Until when customers can give back what they booked; null for the start, or any time without one',
  })
  cancelUntil!: string | null;

  @ApiProperty()
  createdAt!: string;
}

/** A slot as it is listed. */
export class ListedSlotAnswer {
  @ApiProperty({ example: 1 })
  id!: number;

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: String, nullable: true })
  startsAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  endsAt!: string | null;

  @ApiProperty({ description: 'Total number of places', example: 10 })
  capacity!: number;

  @ApiProperty({ description: 'Places available now', example: 6 })
  remaining!: number;

  @ApiProperty({ description: 'Whether places can be held now: the slot has not started, and it is on sale' })
  open!: boolean;
}

interface ShownSlot {
  readonly slotId: number;
  readonly title: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly cancelUntil: Date | null;
  readonly createdAt: Date;
}

interface Places {
  readonly total: number;
  readonly available: number;
}

export function slotAnswer(slot: ShownSlot, places: Places, terms: SaleTerms): SlotAnswer {
  const { slotId, title, startsAt, endsAt, cancelUntil, createdAt } = slot;
  return {
    slot_id: slotId,
    capacity: places.total,
    remaining: places.available,
    title,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    cancelUntil: cancelUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    ...saleTermsAnswer(terms),
  };
}

export function listedSlotAnswer(slot: ShownSlot, places: Places, terms: SaleTerms, now: number): ListedSlotAnswer {
  return listedSlotOf(slotAnswer(slot, places, terms), now);
}

/** The same slot as it is listed. */
export function listedSlotOf(slot: SlotAnswer, now: number): ListedSlotAnswer {
  const { slot_id: id, title, startsAt, endsAt, capacity, remaining, saleStartsAt, saleEndsAt } = slot;
  const hasStarted = startsAt !== null && Date.parse(startsAt) <= now;
  const isSaleOver = saleEndsAt !== null && Date.parse(saleEndsAt) <= now;
  const isSaleToCome = saleStartsAt !== null && Date.parse(saleStartsAt) > now;
  return { id, title, startsAt, endsAt, capacity, remaining, open: !hasStarted && !isSaleOver && !isSaleToCome };
}

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
  readonly createdAt: Date;
}

interface Places {
  readonly total: number;
  readonly available: number;
}

export function slotAnswer(slot: ShownSlot, places: Places, terms: SaleTerms): SlotAnswer {
  const { slotId, title, startsAt, endsAt, createdAt } = slot;
  return {
    slot_id: slotId,
    capacity: places.total,
    remaining: places.available,
    title,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    ...saleTermsAnswer(terms),
  };
}

export function listedSlotAnswer(slot: ShownSlot, places: Places, terms: SaleTerms, now: number): ListedSlotAnswer {
  const { slot_id: id, title, startsAt, endsAt, capacity, remaining } = slotAnswer(slot, places, terms);
  const hasStarted = slot.startsAt !== null && slot.startsAt.getTime() <= now;
  const { saleStartsAt, saleEndsAt } = terms;
  const isOnSale = (saleStartsAt === null || saleStartsAt <= now) && (saleEndsAt === null || now < saleEndsAt);
  return { id, title, startsAt, endsAt, capacity, remaining, open: isOnSale && !hasStarted };
}

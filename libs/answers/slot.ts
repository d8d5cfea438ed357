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

export function slotAnswer(slot: ShownSlot, places: Places | undefined, terms: SaleTerms): SlotAnswer {
  const { slotId, title, startsAt, endsAt, createdAt } = slot;
  return {
    slot_id: slotId,
    capacity: places?.total ?? 0,
    remaining: places?.available ?? 0,
    title,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    ...saleTermsAnswer(terms),
  };
}

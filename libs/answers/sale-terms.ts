import { ApiProperty } from '@nestjs/swagger';
import type { SaleTerms } from '#domain';

/** When units are sold, and how many a customer may have. */
export class SaleTermsAnswer {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2027-03-01T10:00:00.000Z' })
  saleStartsAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  saleEndsAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  purchaseLimit!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  openHoldsMax!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  heldUnitsMax!: number | null;
}

export function saleTermsAnswer({
  saleStartsAt,
  saleEndsAt,
  ...limits
}: SaleTerms): Pick<SaleTermsAnswer, keyof SaleTermsAnswer> {
  const { purchaseLimit, openHoldsMax, heldUnitsMax } = limits;
  return {
    saleStartsAt: timeOf(saleStartsAt),
    saleEndsAt: timeOf(saleEndsAt),
    purchaseLimit,
    openHoldsMax,
    heldUnitsMax,
  };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

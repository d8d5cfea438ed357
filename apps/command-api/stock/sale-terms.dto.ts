import { unitsMax, type SaleTerms } from '#domain';
import { Integer, Time } from '#http';

const openHoldsMaxMax = 100_000;

/** When units are sold, and how many a customer may have. */
export class SaleTermsDto {
  @Time({
    optional: true,
    nullable: true,
    description: 'Units can be bought, ordered and held from this time on; null for no such time',
    example: '2027-03-01T10:00:00Z',
  })
  saleStartsAt?: Date | null;

  @Time({
    optional: true,
    nullable: true,
    description:
      'Units can be bought, ordered and held before this time; null for no such time. What is held by then can still ' +
      'be confirmed',
  })
  saleEndsAt?: Date | null;

  @Integer({
    optional: true,
    nullable: true,
    min: 1,
    max: unitsMax,
    description:
      'Units that one customer may buy, book and order in all, less what was given back; null for no limit. Counts ' +
      'what is taken after the first limit was set',
    example: 2,
  })
  purchaseLimit?: number | null;

  @Integer({
    optional: true,
    nullable: true,
    min: 1,
    max: openHoldsMaxMax,
    description: 'Open holds that one customer may have; null for the limit of the installation',
  })
  openHoldsMax?: number | null;

  @Integer({
    optional: true,
    nullable: true,
    max: unitsMax,
    description:
      'Units that the open holds of one customer may have in all, 0 for no limit; null for the limit of the ' +
      'installation',
  })
  heldUnitsMax?: number | null;
}

/** The terms that are given, and the rest. */
export function withTerms<Dto extends SaleTermsDto>(
  given: Dto,
): { readonly terms: Partial<SaleTerms>; readonly rest: Omit<Dto, keyof SaleTermsDto> } {
  const { saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax, ...rest } = given;
  const terms = {
    ...(saleStartsAt === undefined ? {} : { saleStartsAt: saleStartsAt?.getTime() ?? null }),
    ...(saleEndsAt === undefined ? {} : { saleEndsAt: saleEndsAt?.getTime() ?? null }),
    ...(purchaseLimit === undefined ? {} : { purchaseLimit }),
    ...(openHoldsMax === undefined ? {} : { openHoldsMax }),
    ...(heldUnitsMax === undefined ? {} : { heldUnitsMax }),
  };
  return { terms, rest };
}

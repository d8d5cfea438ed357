import { Flag, Id, Integer, Money, NewId, Text, TextMap, Texts, Url, Urls } from '#http';
import { SaleTermsDto } from '../stock/sale-terms.dto.ts';

const nameMax = 200;
const shortDescriptionMax = 500;
const descriptionMax = 10_000;
const skuMax = 64;
const imagesMax = 20;
const returnDaysMax = 3650;
const tags = { countMax: 20, max: 50 };
const specifications = { countMax: 50, nameMax: 100, max: 500 };
const priceDescription = 'Price in minor units of the currency, such as cents';

class OptionalDetailsDto extends SaleTermsDto {
  @Money({ optional: true, nullable: true, description: 'Price before a reduction', example: 1599 })
  originalPrice?: number | null;

  @Text({ optional: true, min: 0, max: descriptionMax, example: '高音質無線藍牙耳機' })
  description?: string;

  @Text({ optional: true, min: 0, max: descriptionMax, description: 'Another name of `description`' })
  detail?: string;

  @Text({ optional: true, min: 0, max: shortDescriptionMax, example: '輕巧便攜' })
  shortDescription?: string;

  @Urls({ optional: true, countMax: imagesMax, example: ['https://example.com/img1.jpg'] })
  images?: string[];

  @Url({ optional: true, nullable: true, example: 'https://example.com/thumb.jpg' })
  thumbnail?: string | null;

  @Id({ optional: true, nullable: true, description: 'Id or number of the category', example: 'cat_elec' })
  categoryId?: string | null;

  @Text({
    optional: true,
    nullable: true,
    max: skuMax,
    description: 'No two products have the same',
    example: 'HP-001',
  })
  sku?: string | null;

  @Texts({ optional: true, ...tags, example: ['熱銷', '新品'] })
  tags?: string[];

  @TextMap({ optional: true, ...specifications, example: { 藍牙版本: '5.0' } })
  specifications?: Record<string, string>;

  @Flag({ optional: true })
  featured?: boolean;

  @Integer({
    optional: true,
    max: returnDaysMax,
    description: 'Days from the purchase in which customers can give it back; 0, the default, for not at all',
    example: 14,
  })
  returnDays?: number;
}

export class CreateProductDto extends OptionalDetailsDto {
  @NewId({ optional: true, description: 'An id you choose; by default one is generated', example: 'prod_001' })
  id?: string;

  @Text({ max: nameMax, example: '無線藍牙耳機' })
  name!: string;

  @Money({ description: priceDescription, example: 1299 })
  price!: number;
}

export class ChangeProductDto extends OptionalDetailsDto {
  @Text({ optional: true, max: nameMax })
  name?: string;

  @Money({ optional: true, description: priceDescription })
  price?: number;
}

type Details<Dto> = Omit<Dto, 'detail' | keyof SaleTermsDto>;

/** The details that were given, without the terms of the sale. */
export function detailsOf<Dto extends Omit<ChangeProductDto, keyof SaleTermsDto>>({
  detail,
  ...given
}: Dto): Details<Dto> {
  const description = given.description ?? detail;
  const details = { ...given, ...(description === undefined ? {} : { description }) };
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as Details<Dto>;
}

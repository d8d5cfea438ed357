import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import type { ItemDetails, SaleTerms } from '#domain';
import { SaleTermsAnswer, saleTermsAnswer } from './sale-terms.ts';

/** An item as lists show it. */
export class ListedProductAnswer {
  @ApiProperty({ example: 'prod_001' })
  id!: string;

  @ApiProperty({ description: 'Sequential number of the product', example: 1 })
  number!: number;

  @ApiProperty({ example: '無線藍牙耳機' })
  name!: string;

  @ApiProperty({ example: '高音質無線藍牙耳機' })
  description!: string;

  @ApiProperty({ example: '輕巧便攜' })
  shortDescription!: string;

  @ApiProperty({ description: 'Price in minor units of the currency, such as cents', example: 1299 })
  price!: number;

  @ApiProperty({ type: Number, nullable: true, example: 1599 })
  originalPrice!: number | null;

  @ApiProperty({ type: [String], example: ['https://example.com/img1.jpg'] })
  images!: readonly string[];

  @ApiProperty({ type: String, nullable: true, example: 'https://example.com/thumb.jpg' })
  thumbnail!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'cat_elec' })
  categoryId!: string | null;

  @ApiProperty({ description: 'Units available in the main inventory', example: 100 })
  stock!: number;

  @ApiProperty({ type: String, nullable: true, example: 'HP-001' })
  sku!: string | null;

  @ApiProperty({ type: [String], example: ['熱銷', '新品'] })
  tags!: readonly string[];

  @ApiProperty({ example: true })
  featured!: boolean;

  @ApiProperty({ description: 'Whether the product is discontinued; only staff sees those' })
  discontinued!: boolean;

  @ApiProperty({ type: String, nullable: true })
  createdAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  updatedAt!: string | null;
}

/** An item with all its details. */
export class ProductAnswer extends IntersectionType(ListedProductAnswer, SaleTermsAnswer) {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 藍牙版本: '5.0', 續航力: '20小時' },
  })
  specifications!: Readonly<Record<string, string>>;

  @ApiProperty({
    description: 'Days from the purchase in which customers can give it back; 0 for not at all',
    example: 14,
  })
  returnDays!: number;
}

export interface ShownProduct extends Omit<ItemDetails, 'specifications' | 'returnDays'> {
  readonly id: string;
  readonly number: number;
  readonly discontinued: boolean;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
}

export function listedProductAnswer(
  product: ShownProduct,
  stock: number,
): Pick<ListedProductAnswer, keyof ListedProductAnswer> {
  return {
    id: product.id,
    number: product.number,
    name: product.name,
    description: product.description,
    shortDescription: product.shortDescription,
    price: product.price,
    originalPrice: product.originalPrice,
    images: product.images,
    thumbnail: product.thumbnail,
    categoryId: product.categoryId,
    stock,
    sku: product.sku,
    tags: product.tags,
    featured: product.featured,
    discontinued: product.discontinued,
    createdAt: product.createdAt?.toISOString() ?? null,
    updatedAt: (product.updatedAt ?? product.createdAt)?.toISOString() ?? null,
  };
}

export function productAnswer(
  product: ShownProduct & Pick<ProductAnswer, 'specifications' | 'returnDays'>,
  stock: number,
  terms: SaleTerms,
): ProductAnswer {
  const { specifications, returnDays } = product;
  return { ...listedProductAnswer(product, stock), specifications, returnDays, ...saleTermsAnswer(terms) };
}

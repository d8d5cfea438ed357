import { ApiProperty } from '@nestjs/swagger';
import { ListedProductAnswer } from '#answers';
import { Id, OneOf, QueryFlag, QueryIds, QueryInteger, QueryTexts, Text } from '#http';
import { productSorts, type ProductSort } from '#read-models';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

const priceMax = 1_000_000_000_000;
const searchMax = 100;
const idsMax = 100;
const tags = { countMax: 20, max: 50 };

/** The value of `include` for discontinued products. */
export const discontinued = 'discontinued';

export class ProductDto {
  @OneOf({ optional: true, choices: [discontinued], description: 'Discontinued products too; only for staff' })
  include?: string;
}

export class ProductsDto extends ListDto {
  @Id({ optional: true, description: 'Only products of this category, by its id or number', example: 'cat_elec' })
  categoryId?: string;

  @OneOf({
    optional: true,
    choices: productSorts,
    description:
      '`popular` is by units sold. By default the newest are first; in a search, those with a match in the name',
  })
  sort?: Exclude<ProductSort, 'best'>;

  @Text({
    optional: true,
    min: 0,
    max: searchMax,
    description:
      'Only products with all of these words in the name, description, tags or SKU. Words match from their beginning; ' +
      'Chinese, Japanese and Korean from two characters on, and one at the start of the name. ' +
      'Case, accents and width do not matter',
    example: '藍牙',
  })
  search?: string;

  @QueryInteger({ optional: true, min: 0, max: priceMax, description: 'In minor units of the currency' })
  minPrice?: number;

  @QueryInteger({ optional: true, min: 0, max: priceMax, description: 'In minor units of the currency' })
  maxPrice?: number;

  @QueryFlag({ optional: true, description: 'Whether units are available in the main inventory' })
  inStock?: boolean;

  @QueryFlag({ optional: true })
  featured?: boolean;

  @QueryTexts({ optional: true, ...tags, description: 'Only products with all of these tags', example: '熱銷,新品' })
  tags?: string[];

  @QueryIds({ optional: true, countMax: idsMax, description: 'Only these products, by ids or numbers' })
  ids?: string[];

  @OneOf({ optional: true, choices: [discontinued], description: 'Discontinued products too; only for staff' })
  include?: string;
}

export class ProductsAnswer extends PageAnswer {
  @ApiProperty({ type: [ListedProductAnswer] })
  products!: ListedProductAnswer[];

  @ApiProperty({ description: 'False when there are more products than `total`, because no more are counted' })
  totalIsExact!: boolean;
}

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { listedProductAnswer, ProductAnswer, productAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid } from '#http';
import { Public, StaffMayAsk } from '#http/guard';
import {
  availabilityProjection,
  categoriesProjection,
  itemsProjection,
  productSorts,
  saleTermsProjection,
  salesProjection,
  type ProductSort,
} from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { EntityTag, etagHeader } from '../edge/entity-tag.ts';
import { List } from '../edge/paging/list.ts';
import { Context } from '../edge/query-context.ts';
import { Sees } from '../edge/sees.ts';
import { GetProduct } from './get-product.ts';
import { ListProducts, type StockedProduct } from './list-products.ts';
import { discontinued, ProductDto, ProductsAnswer, ProductsDto } from './products.dto.ts';

/** The places after which a list goes on: of a product in a part of the list. */
const placeShapes: Record<ProductSort, RegExp> = {
  newest: /^0 \d{1,15}$/,
  'price-asc': /^0 \d{1,15} \d{1,15}$/,
  'price-desc': /^0 \d{1,15} \d{1,15}$/,
  popular: /^(?:0 \d{1,15} [A-Za-z0-9_.-]{1,64}|1 \d{1,15})$/,
  best: /^[01] \d{1,15}$/,
};

const lists = new Map(
  [...productSorts, 'best' as const].map((sort) => [
    sort,
    new List<StockedProduct>({
      name: `products-${sort}`,
      keyOf: ({ place }) => place.join(' '),
      keyShape: placeShapes[sort],
    }),
  ]),
);

@ApiTags('catalog')
@Controller('products')
export class ProductsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @EntityTag()
  @Public()
  @StaffMayAsk('include', discontinued)
  @ApiOperation({
    summary: 'List products',
    description: 'Lists and searches the products, with their stock. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: ProductsAnswer, headers: etagHeader })
  @Sees(projectionsOf, 'FORBIDDEN')
  async listProducts(@Query() asked: ProductsDto, @Context() context: QueryContext): Promise<ProductsAnswer> {
    const { page, limit, cursor, sort, search, ids, include, minPrice, maxPrice, ...others } = asked;
    if (minPrice !== undefined && maxPrice !== undefined && minPrice > maxPrice) {
      throw invalid('maxPrice', 'notLess', { other: 'minPrice' });
    }
    const searched = search === undefined || search.trim() === '' ? undefined : search;
    const order = sort ?? (searched === undefined ? 'newest' : 'best');
    const list = lists.get(order) as List<StockedProduct>;
    const paging = list.pagingOf({ page, limit, cursor });
    const filter = {
      ...others,
      minPrice,
      maxPrice,
      search: searched,
      idsOrNumbers: ids,
      withDiscontinued: include === discontinued,
    };
    const found = await this.useCases.ask(new ListProducts(context, filter, order, paging));
    return {
      products: found.rows.map((product) => listedProductAnswer(product, product.stock)),
      ...list.answerOf(found, paging),
      totalIsExact: found.totalIsExact,
    };
  }

  @Get(':id')
  @EntityTag()
  @Public()
  @StaffMayAsk('include', discontinued)
  @ApiOperation({
    summary: 'Get a product',
    description:
      'Returns one product with its specifications, stock and terms of sale. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: ProductAnswer, headers: etagHeader })
  @Sees([itemsProjection, availabilityProjection, saleTermsProjection], 'ITEM_NOT_FOUND', 'FORBIDDEN')
  async getProduct(@Param('id') id: string, @Query() { include }: ProductDto, @Context() context: QueryContext) {
    const item = await this.useCases.ask(new GetProduct(context, id, include === discontinued));
    return isRejected(item) ? item : productAnswer(item, item.stock, item.terms);
  }
}

function projectionsOf({ sort }: Readonly<Record<string, unknown>>) {
  const read = [itemsProjection, availabilityProjection, categoriesProjection];
  return sort === 'popular' ? [...read, salesProjection] : read;
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { itemStock } from '#domain';
import {
  AvailabilityQueries,
  CategoryQueries,
  ProductQueries,
  type Page,
  type Paging,
  type Product,
  type ProductFilter,
  type ProductPage,
  type ProductSort,
} from '#read-models';
import type { QueryContext } from '#use-cases/bus';

export interface StockedProduct extends Product {
  /** What can be promised now, in the main inventory. */
  readonly stock: number;
}

interface StockedPage extends Page<StockedProduct>, Pick<ProductPage, 'totalIsExact'> {}

/** The products that match a filter, with what is left of each. A category that does not exist has none. */
export class ListProducts extends Query<StockedPage> {
  constructor(
    readonly context: QueryContext,
    readonly filter: ProductFilter,
    readonly sort: ProductSort,
    readonly paging: Paging,
  ) {
    super();
  }
}

const isNumber = /^\d+$/;

@QueryHandler(ListProducts)
export class ListProductsHandler implements IQueryHandler<ListProducts> {
  constructor(
    private readonly products: ProductQueries,
    private readonly categories: CategoryQueries,
    private readonly availability: AvailabilityQueries,
  ) {}

  async execute({ context, filter, sort, paging }: ListProducts): Promise<StockedPage> {
    const categoryId = await this.#idOf(filter.categoryId);
    const page = await this.products.page({ ...filter, categoryId }, sort, paging);
    const found = await this.availability.ofMany(
      page.rows.map(({ id }) => itemStock(id)),
      context,
    );
    return { ...page, rows: page.rows.map((product, index) => ({ ...product, stock: found[index]?.available ?? 0 })) };
  }

  /** Digits are a number. No category has an id of digits alone: one that is not found has no products. */
  async #idOf(idOrNumber: string | undefined): Promise<string | undefined> {
    if (idOrNumber === undefined || !isNumber.test(idOrNumber)) return idOrNumber;
    const category = await this.categories.find(idOrNumber);
    return category?.categoryId ?? idOrNumber;
  }
}

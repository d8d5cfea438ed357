import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, type SaleTerms } from '#domain';
import { SaleTermsQueries } from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { GetItem } from './get-item.ts';
import type { NoSuchItem } from './known-item.ts';
import type { StockedItem } from './list-items.ts';

interface ProductOnSale extends StockedItem {
  readonly terms: SaleTerms;
}

/** One item, with what is left of it and the terms of its sale; a discontinued one only when it is asked for. */
export class GetProduct extends Query<ProductOnSale | NoSuchItem> {
  constructor(
    readonly context: QueryContext,
    readonly idOrNumber: string,
    readonly withDiscontinued: boolean,
  ) {
    super();
  }
}

@QueryHandler(GetProduct)
export class GetProductHandler implements IQueryHandler<GetProduct> {
  constructor(
    private readonly useCases: UseCases,
    private readonly saleTerms: SaleTermsQueries,
  ) {}

  async execute({ context, idOrNumber, withDiscontinued }: GetProduct): Promise<ProductOnSale | NoSuchItem> {
    const item = await this.useCases.ask(new GetItem(context, idOrNumber, withDiscontinued));
    return isRejected(item) ? item : { ...item, terms: await this.saleTerms.of(itemStock(item.id)) };
  }
}

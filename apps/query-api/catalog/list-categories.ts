import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CategoryQueries, type Category } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

/** All categories, in the order in which a shop shows them. */
export class ListCategories extends Query<readonly Category[]> {
  constructor(readonly context: QueryContext) {
    super();
  }
}

@QueryHandler(ListCategories)
export class ListCategoriesHandler implements IQueryHandler<ListCategories> {
  constructor(private readonly categories: CategoryQueries) {}

  execute(): Promise<readonly Category[]> {
    return this.categories.all();
  }
}

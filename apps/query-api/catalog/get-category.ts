import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { canBeId } from '#ids';
import { CategoryQueries, type Category } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

type Outcome = Category | Rejected<{ readonly code: 'CATEGORY_NOT_FOUND' }>;

export class GetCategory extends Query<Outcome> {
  constructor(
    readonly context: QueryContext,
    readonly idOrNumber: string,
  ) {
    super();
  }
}

@QueryHandler(GetCategory)
export class GetCategoryHandler implements IQueryHandler<GetCategory> {
  constructor(private readonly categories: CategoryQueries) {}

  async execute({ idOrNumber }: GetCategory): Promise<Outcome> {
    const found = canBeId(idOrNumber) ? await this.categories.find(idOrNumber) : undefined;
    return found ?? reject({ code: 'CATEGORY_NOT_FOUND' });
  }
}

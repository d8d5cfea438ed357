import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RequestFacts } from '#domain';
import { RequestQueries, type Page, type Paging, type RequestFilter } from '#read-models';

/** The requests that all conditions apply to, the newest first. */
export class ListRequests extends Query<Page<RequestFacts>> {
  constructor(
    readonly filter: RequestFilter,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListRequests)
export class ListRequestsHandler implements IQueryHandler<ListRequests> {
  constructor(private readonly requests: RequestQueries) {}

  execute({ filter, paging }: ListRequests): Promise<Page<RequestFacts>> {
    return this.requests.page(filter, paging);
  }
}

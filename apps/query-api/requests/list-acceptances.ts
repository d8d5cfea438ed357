import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, type Acceptance } from '#domain';
import { AcceptanceQueries, RequestQueries, type Page, type Paging } from '#read-models';
import { knownRequest, type NoSuchRequest } from './known-request.ts';

type Outcome = Page<Acceptance> | NoSuchRequest;

/** The acceptances of a request that were not withdrawn, the newest first. */
export class ListAcceptances extends Query<Outcome> {
  constructor(
    readonly requestId: string,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListAcceptances)
export class ListAcceptancesHandler implements IQueryHandler<ListAcceptances> {
  constructor(
    private readonly requests: RequestQueries,
    private readonly acceptances: AcceptanceQueries,
  ) {}

  async execute({ requestId, paging }: ListAcceptances): Promise<Outcome> {
    const request = await knownRequest(this.requests, requestId);
    if (isRejected(request)) return request;
    const page = await this.acceptances.page(request.requestId, paging);
    return { ...page, total: 'page' in paging ? request.acceptanceCount : null };
  }
}

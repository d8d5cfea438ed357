import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, type Acceptance, type RequestFacts } from '#domain';
import { AcceptanceQueries, RequestQueries } from '#read-models';
import { knownRequest, type NoSuchRequest } from './known-request.ts';

interface WholeRequest {
  readonly request: RequestFacts;
  readonly acceptances: readonly Acceptance[];
}

type Outcome = WholeRequest | NoSuchRequest;

export const acceptancesShownMax = 1000;

/** One request, with its newest acceptances. */
export class GetRequest extends Query<Outcome> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetRequest)
export class GetRequestHandler implements IQueryHandler<GetRequest> {
  constructor(
    private readonly requests: RequestQueries,
    private readonly acceptances: AcceptanceQueries,
  ) {}

  async execute({ id }: GetRequest): Promise<Outcome> {
    const request = await knownRequest(this.requests, id);
    if (isRejected(request)) return request;
    const { rows } = await this.acceptances.page(request.requestId, { limit: acceptancesShownMax, page: 1 });
    return { request, acceptances: rows };
  }
}

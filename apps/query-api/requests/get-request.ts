import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Acceptance, type Rejected, type RequestFacts } from '#domain';
import { AcceptanceQueries, RequestQueries } from '#read-models';

interface WholeRequest {
  readonly request: RequestFacts;
  readonly acceptances: readonly Acceptance[];
}

type Outcome = WholeRequest | Rejected<{ readonly code: 'REQUEST_NOT_FOUND' }>;

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
    const request = /^\d{1,15}$/.test(id) ? await this.requests.find(Number(id)) : undefined;
    if (request === undefined) return reject({ code: 'REQUEST_NOT_FOUND' });
    return { request, acceptances: await this.acceptances.newestOf(request.requestId, acceptancesShownMax) };
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, reject, type RequestFacts, type RequestRejection } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Requests } from './requests.ts';

type Outcome = UseCaseOutcome<RequestFacts, RequestRejection | KeyReused | { readonly code: 'FORBIDDEN' }>;

/** Ends a request that is still open: nothing is needed any more. */
export class CancelRequest extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly number: string,
  ) {
    super();
  }
}

@CommandHandler(CancelRequest)
export class CancelRequestHandler implements ICommandHandler<CancelRequest> {
  constructor(private readonly requests: Requests) {}

  async execute({ context, number }: CancelRequest): Promise<Outcome> {
    const request = await this.requests.find(number);
    if (isRejected(request)) return request;
    // Everybody sees the request, so that another's is not "not found".
    if (context.role !== 'staff' && request.requesterId !== context.userId) return reject({ code: 'FORBIDDEN' });
    const stream = this.requests.of(request.requestId);
    const cancelled = await stream.record('RequestCancelled', { type: 'CancelRequest' }, context);
    return isRejected(cancelled) ? cancelled : done(cancelled.event, cancelled.write);
  }
}

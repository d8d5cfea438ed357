import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Numbers } from '#commands';
import { isRejected, type RequestFacts, type RequestRejection, type RequestTexts } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { ActingUsers, type NotActing } from '../people/acting-users.ts';
import { Needs, type NeedRejection, type WantedNeed } from './needs.ts';
import { Requests } from './requests.ts';

type Outcome = UseCaseOutcome<RequestFacts, RequestRejection | NeedRejection | NotActing | KeyReused>;

export interface WantedRequest {
  /** Id or number of the requester; by default the caller. */
  readonly requester?: string | undefined;
  readonly need: WantedNeed;
  readonly texts: RequestTexts;
}

/** Asks others for items or people. */
export class MakeRequest extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly wanted: WantedRequest,
  ) {
    super();
  }
}

@CommandHandler(MakeRequest)
export class MakeRequestHandler implements ICommandHandler<MakeRequest> {
  constructor(
    private readonly requests: Requests,
    private readonly needs: Needs,
    private readonly actingUsers: ActingUsers,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, wanted: { requester: given, need: wanted, texts } }: MakeRequest): Promise<Outcome> {
    const requester = await this.actingUsers.of(given, context);
    if (isRejected(requester)) return requester;
    const need = await this.needs.of(wanted);
    if (isRejected(need)) return need;
    const requestId = await this.numbers.assign('request', context.commandId, 'request');
    const by = { requesterId: requester.id, requesterNumber: requester.number };
    const command = { type: 'MakeRequest', requestId, ...by, need, ...texts } as const;
    const made = await this.requests.of(requestId).record('RequestMade', command, context);
    return isRejected(made) ? made : done(made.event, made.write);
  }
}

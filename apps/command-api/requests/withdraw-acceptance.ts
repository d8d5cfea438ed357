import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Numbers } from '#commands';
import { isRejected, reject, type RequestFacts, type RequestRejection } from '#domain';
import { numberOf } from '#ids';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { ownerFor } from '../orders/orders.ts';
import { Requests } from './requests.ts';

type Outcome = UseCaseOutcome<RequestFacts, RequestRejection | KeyReused>;

/** Takes an acceptance back from a request that is still open. */
export class WithdrawAcceptance extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly number: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawAcceptance)
export class WithdrawAcceptanceHandler implements ICommandHandler<WithdrawAcceptance> {
  constructor(
    private readonly requests: Requests,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, number }: WithdrawAcceptance): Promise<Outcome> {
    const acceptanceId = numberOf(number);
    const request = acceptanceId === undefined ? undefined : await this.numbers.targetOf('acceptance', acceptanceId);
    if (acceptanceId === undefined || request === undefined) return reject({ code: 'ACCEPTANCE_NOT_FOUND' });
    const command = { type: 'WithdrawAcceptance', acceptanceId, accepterId: ownerFor(context) } as const;
    const withdrawn = await this.requests.of(Number(request)).record('AcceptanceWithdrawn', command, context);
    if (isRejected(withdrawn)) return withdrawn;
    const { event, write } = withdrawn;
    // The key was used for another acceptance: Redis had lost the fingerprint of the key.
    return event.acceptance.acceptanceId === acceptanceId ? done(event, write) : reject({ code: 'KEY_REUSED' });
  }
}

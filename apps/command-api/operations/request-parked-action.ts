import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { ParkedStreams, type ParkedAction } from './parked-streams.ts';

interface Requested {
  readonly projection: string;
  readonly stream: string;
  readonly action: ParkedAction;
}

type Outcome = UseCaseOutcome<Requested, { readonly code: 'STREAM_NOT_PARKED' }>;

/** Has the projector retry or skip the event that a parked stream waits for. */
export class RequestParkedAction extends Command<Outcome> {
  constructor(readonly requested: Requested) {
    super();
  }
}

@CommandHandler(RequestParkedAction)
export class RequestParkedActionHandler implements ICommandHandler<RequestParkedAction> {
  constructor(private readonly parked: ParkedStreams) {}

  async execute({ requested }: RequestParkedAction): Promise<Outcome> {
    const { projection, stream, action } = requested;
    const isParked = await this.parked.request(projection, stream, action);
    return isParked ? done(requested) : reject({ code: 'STREAM_NOT_PARKED' });
  }
}

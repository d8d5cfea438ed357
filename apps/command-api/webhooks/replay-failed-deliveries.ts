import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { Deliveries, type Replayed } from '#webhooks';
import type { WebhookNotFound } from './rejections.ts';

type Outcome = UseCaseOutcome<Replayed, WebhookNotFound>;

/** Delivers again what could not be delivered, each event with its id. */
export class ReplayFailedDeliveries extends Command<Outcome> {
  constructor(readonly webhookId: string) {
    super();
  }
}

@CommandHandler(ReplayFailedDeliveries)
export class ReplayFailedDeliveriesHandler implements ICommandHandler<ReplayFailedDeliveries> {
  constructor(private readonly deliveries: Deliveries) {}

  async execute({ webhookId }: ReplayFailedDeliveries): Promise<Outcome> {
    const replayed = await this.deliveries.replayFailed(webhookId);
    return replayed === undefined ? reject({ code: 'WEBHOOK_NOT_FOUND' }) : done(replayed);
  }
}

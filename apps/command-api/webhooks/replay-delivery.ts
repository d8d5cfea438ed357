import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { Deliveries, type Delivery } from '#webhooks';

type Outcome = UseCaseOutcome<Delivery, { readonly code: 'DELIVERY_NOT_FOUND' }>;

/** Delivers an event again, with the same id. */
export class ReplayDelivery extends Command<Outcome> {
  constructor(
    readonly webhookId: string,
    readonly deliveryId: string,
  ) {
    super();
  }
}

@CommandHandler(ReplayDelivery)
export class ReplayDeliveryHandler implements ICommandHandler<ReplayDelivery> {
  constructor(private readonly deliveries: Deliveries) {}

  async execute({ webhookId, deliveryId }: ReplayDelivery): Promise<Outcome> {
    const replayed = await this.deliveries.replay(webhookId, deliveryId);
    return replayed === undefined ? reject({ code: 'DELIVERY_NOT_FOUND' }) : done(replayed);
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { WebhookQueries, type DeliveryPage, type DeliveryFilter } from '#webhooks';

type Outcome = DeliveryPage | Rejected<{ readonly code: 'WEBHOOK_NOT_FOUND' }>;

/** The deliveries of an endpoint, newest first. */
export class ListDeliveries extends Query<Outcome> {
  constructor(
    readonly webhookId: string,
    readonly filter: DeliveryFilter,
  ) {
    super();
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(private readonly webhooks: WebhookQueries) {}

  async execute({ webhookId, filter }: ListDeliveries): Promise<Outcome> {
    if ((await this.webhooks.find(webhookId)) === undefined) return reject({ code: 'WEBHOOK_NOT_FOUND' });
    return this.webhooks.deliveries(webhookId, filter);
  }
}

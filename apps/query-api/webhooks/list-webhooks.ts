import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { WebhookQueries, type Webhook } from '#webhooks';

/** All endpoints, in the order of their creation; few enough for one answer. */
export class ListWebhooks extends Query<readonly Webhook[]> {}

@QueryHandler(ListWebhooks)
export class ListWebhooksHandler implements IQueryHandler<ListWebhooks> {
  constructor(private readonly webhooks: WebhookQueries) {}

  execute(): Promise<readonly Webhook[]> {
    return this.webhooks.list();
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { WebhookQueries, type Webhook } from '#webhooks';

type Outcome = Webhook | Rejected<{ readonly code: 'WEBHOOK_NOT_FOUND' }>;

/** One endpoint. */
export class GetWebhook extends Query<Outcome> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetWebhook)
export class GetWebhookHandler implements IQueryHandler<GetWebhook> {
  constructor(private readonly webhooks: WebhookQueries) {}

  async execute({ id }: GetWebhook): Promise<Outcome> {
    return (await this.webhooks.find(id)) ?? reject({ code: 'WEBHOOK_NOT_FOUND' });
  }
}

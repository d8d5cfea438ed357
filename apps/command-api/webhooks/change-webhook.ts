import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { done, rejectField, type UseCaseOutcome } from '#use-cases';
import { ReceiverUrls, Webhooks, type Webhook, type WebhookChanges } from '#webhooks';
import type { UrlRejection } from './create-webhook.ts';
import type { WebhookNotFound } from './rejections.ts';

type Outcome = UseCaseOutcome<Webhook, UrlRejection | WebhookNotFound>;

/** Changes what an endpoint gets and where, or disables it, or enables it again. */
export class ChangeWebhook extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly changes: WebhookChanges,
  ) {
    super();
  }
}

@CommandHandler(ChangeWebhook)
export class ChangeWebhookHandler implements ICommandHandler<ChangeWebhook> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly urls: ReceiverUrls,
  ) {}

  async execute({ id, changes }: ChangeWebhook): Promise<Outcome> {
    const fault = changes.url === undefined ? undefined : await this.urls.faultOf(changes.url);
    if (fault !== undefined) return rejectField('url', fault, {});
    const changed = await this.webhooks.change(id, changes);
    return changed === undefined ? reject({ code: 'WEBHOOK_NOT_FOUND' }) : done(changed);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { Webhooks, type Webhook } from '#webhooks';
import type { WebhookNotFound } from './rejections.ts';

type Outcome = UseCaseOutcome<Webhook, WebhookNotFound>;

/** Deletes an endpoint with its secrets and deliveries. */
export class DeleteWebhook extends Command<Outcome> {
  constructor(readonly id: string) {
    super();
  }
}

@CommandHandler(DeleteWebhook)
export class DeleteWebhookHandler implements ICommandHandler<DeleteWebhook> {
  constructor(private readonly webhooks: Webhooks) {}

  async execute({ id }: DeleteWebhook): Promise<Outcome> {
    const deleted = await this.webhooks.delete(id);
    return deleted === undefined ? reject({ code: 'WEBHOOK_NOT_FOUND' }) : done(deleted);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { done, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Webhooks } from '#webhooks';
import type { WebhookNotFound } from './rejections.ts';

type Outcome = UseCaseOutcome<{ readonly secret: string }, WebhookNotFound>;

/** Makes a new secret; for a while, deliveries are signed with the previous one too. */
export class RotateWebhookSecret extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly overlapSeconds: number,
  ) {
    super();
  }
}

@CommandHandler(RotateWebhookSecret)
export class RotateWebhookSecretHandler implements ICommandHandler<RotateWebhookSecret> {
  constructor(private readonly webhooks: Webhooks) {}

  async execute({ context, id, overlapSeconds }: RotateWebhookSecret): Promise<Outcome> {
    const secret = await this.webhooks.rotateSecret(id, context.commandId, overlapSeconds);
    return secret === undefined ? reject({ code: 'WEBHOOK_NOT_FOUND' }) : done({ secret });
  }
}

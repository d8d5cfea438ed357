import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { madeId } from '#ids';
import { done, rejectField, type FieldRejection, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { ReceiverUrls, Webhooks, webhooksMax, type CreatedWebhook, type NewWebhook, type UrlFault } from '#webhooks';

export type UrlRejection = FieldRejection<UrlFault>;
type Outcome = UseCaseOutcome<
  CreatedWebhook,
  UrlRejection | { readonly code: 'TOO_MANY_WEBHOOKS'; readonly webhooksMax: number }
>;

/** Adds an endpoint, and makes its secret. */
export class CreateWebhook extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly wanted: NewWebhook,
  ) {
    super();
  }
}

@CommandHandler(CreateWebhook)
export class CreateWebhookHandler implements ICommandHandler<CreateWebhook> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly urls: ReceiverUrls,
  ) {}

  async execute({ context: { commandId }, wanted }: CreateWebhook): Promise<Outcome> {
    const fault = await this.urls.faultOf(wanted.url);
    if (fault !== undefined) return rejectField('url', fault, {});
    const created = await this.webhooks.create(madeId('webhook', commandId), commandId, wanted);
    return created === undefined ? reject({ code: 'TOO_MANY_WEBHOOKS', webhooksMax }) : done(created);
  }
}

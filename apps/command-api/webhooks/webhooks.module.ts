import { ChangeWebhookHandler } from './change-webhook.ts';
import { CreateWebhookHandler } from './create-webhook.ts';
import { DeleteWebhookHandler } from './delete-webhook.ts';
import { DeliveriesController } from './deliveries.controller.ts';
import { ReplayDeliveryHandler } from './replay-delivery.ts';
import { ReplayFailedDeliveriesHandler } from './replay-failed-deliveries.ts';
import { RotateWebhookSecretHandler } from './rotate-webhook-secret.ts';
import { WebhooksController } from './webhooks.controller.ts';

/** Endpoints that events are delivered to. */
export const webhooks = {
  controllers: [WebhooksController, DeliveriesController],
  handlers: [
    CreateWebhookHandler,
    ChangeWebhookHandler,
    DeleteWebhookHandler,
    RotateWebhookSecretHandler,
    ReplayDeliveryHandler,
    ReplayFailedDeliveriesHandler,
  ],
};

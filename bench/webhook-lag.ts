import { answer } from './projections/answer.ts';
import { measureWebhookLag } from './webhooks/lag.ts';

await answer(measureWebhookLag);

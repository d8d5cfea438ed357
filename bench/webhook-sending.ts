import { answer } from './projections/answer.ts';
import { sendWebhooks } from './webhooks/sending.ts';

// Each round in a process of its own: its CPU time is that of the sender.
await answer(sendWebhooks);

export type WebhookNotFound = { readonly code: 'WEBHOOK_NOT_FOUND' };

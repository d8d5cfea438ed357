import type { CreateWebhookDto, WebhookEvent } from '#client';

export type WantedEvent = CreateWebhookDto['events'][number];

/** All of them, also those of later releases. */
export const anyEvent = '*';

/** Complete by its type. */
const types: Record<WebhookEvent['type'], true> = {
  'hold.placed': true,
  'hold.extended': true,
  'hold.confirmed': true,
  'hold.cancelled': true,
  'hold.expired': true,
  'hold.returned': true,
  'purchase.made': true,
  'purchase.returned': true,
  'stock.changed': true,
  'stock.low': true,
  'lend.made': true,
  'lend.renewed': true,
  'lend.overdue': true,
  'lend.returned': true,
  'product.created': true,
  'product.changed': true,
  'product.discontinued': true,
  'product.restored': true,
  'order.placed': true,
  'order.processing': true,
  'order.paid': true,
  'order.shipped': true,
  'order.completed': true,
  'order.cancelled': true,
  'order.returned': true,
  'inventory.opened': true,
  'inventory.changed': true,
  'request.made': true,
  'request.accepted': true,
  'request.completed': true,
  'request.acceptance_withdrawn': true,
  'request.cancelled': true,
};

export const eventTypes = Object.keys(types) as readonly WebhookEvent['type'][];

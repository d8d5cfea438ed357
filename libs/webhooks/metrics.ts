import { Counter, Gauge, Histogram, type Registry } from '#platform';

export type WebhookMetrics = ReturnType<typeof webhookMetrics>;

/** What is measured of webhooks, by the process that sends them. */
export function webhookMetrics(registry: Registry) {
  const registers = [registry];
  return {
    attempts: new Counter({
      name: 'holdfast_webhook_attempts_total',
      help: 'Attempts to deliver a webhook, by outcome: delivered; retry: it failed and is retried; failed: it was the last',
      labelNames: ['outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'holdfast_webhook_request_seconds',
      help: 'Time that a receiver took to answer, or until the attempt was given up',
      buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15],
      registers,
    }),
    lagSeconds: new Gauge({
      name: 'holdfast_webhook_lag_seconds',
      help: 'Age of the oldest delivery that is due, of all enabled webhooks',
      registers,
    }),
    webhooks: new Gauge({
      name: 'holdfast_webhooks',
      help: 'Webhooks by status: enabled, disabled',
      labelNames: ['status'],
      registers,
    }),
  };
}

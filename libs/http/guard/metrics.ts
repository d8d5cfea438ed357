import { Counter, type Registry } from '#platform';

export type GuardMetrics = ReturnType<typeof createGuardMetrics>;

export function createGuardMetrics(registry: Registry) {
  return {
    requests: new Counter({
      name: 'holdfast_admissions_total',
      help: 'Requests with a token, by the outcome of the checks (session, rate limit, Idempotency-Key)',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    publicRejections: new Counter({
      name: 'holdfast_public_rejections_total',
      help: 'Public requests rejected with 429, over the limit of their address or caller',
      registers: [registry],
    }),
    unkept: new Counter({
      name: 'holdfast_unkept_answers_total',
      help: 'Answers that could not be stored in Redis; the event store answers their retries',
      registers: [registry],
    }),
  };
}

import { Counter, Histogram, type Registry } from '#platform';

/** What is measured of people who log in. */
export type AuthMetrics = ReturnType<typeof authMetrics>;

export function authMetrics(registry: Registry) {
  const registers = [registry];
  return {
    logins: new Counter({
      name: 'holdfast_logins_total',
      help: 'Logins by outcome: succeeded, refused, throttled',
      labelNames: ['outcome'],
      registers,
    }),
    passwordSeconds: new Histogram({
      name: 'holdfast_password_seconds',
      help: 'Time to hash or check a password, waiting for a turn included',
      buckets: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
      registers,
    }),
  };
}

import { Counter, Histogram, type Registry } from '#platform';

/** What is measured of people who log in. */
export class AuthMetrics {
  readonly logins: Counter<'outcome'>;
  readonly passwordSeconds: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.logins = new Counter({
      name: 'holdfast_logins_total',
      help: 'Logins by outcome: succeeded, rejected, throttled',
      labelNames: ['outcome'],
      registers,
    });
    this.passwordSeconds = new Histogram({
      name: 'holdfast_password_seconds',
      help: 'Time to hash or verify a password, including queueing',
      buckets: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
      registers,
    });
  }
}

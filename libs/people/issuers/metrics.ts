import { Counter, type Registry } from '#platform';

export function issuerFetches(registry: Registry): Counter<'issuer' | 'outcome'> {
  return new Counter({
    name: 'holdfast_issuer_fetches_total',
    help: 'Reads of the keys of outside issuers by outcome: succeeded, failed',
    labelNames: ['issuer', 'outcome'],
    registers: [registry],
  });
}

import { migrateAll } from '../harness/migrate-all.ts';
import type { BenchmarkOptions } from '../harness/run-benchmark.ts';
import { perform } from '../projections/perform.ts';
import type { LimitsPace } from './pace.ts';
import type { Sale, SaleTask } from './sale.ts';

export interface LimitsMeasured {
  readonly sales: readonly Sale[];
}

const purchaseLimits = [null, 2];

/** The same sale without a limit and with one, each in a database and a process of its own. */
export async function measureLimits({
  servers,
  pace,
  profile,
  say,
}: BenchmarkOptions<LimitsPace>): Promise<LimitsMeasured> {
  const sales: Sale[] = [];
  for (const purchaseLimit of purchaseLimits) {
    const limited = purchaseLimit === null ? 'without a limit' : `at most ${purchaseLimit} for each`;
    say(`${pace.customers.toLocaleString('en-US')} customers, ${limited}`);
    const place = await servers.withDatabase();
    await migrateAll(place.postgres);
    const task: SaleTask = { ...pace, ...place, purchaseLimit };
    const profiling =
      profile === undefined ? undefined : { folder: profile, name: `limits-${purchaseLimit}.cpuprofile` };
    sales.push(await perform<Sale>('limits-sale.ts', task, { built: true, profiling }));
  }
  return { sales };
}

import { createMetrics } from '#platform';
import { ExpireDueHolds, type ExpireDueHoldsOptions } from './expire-due-holds.ts';

describe('the process that ends due holds', () => {
  it('looks at nothing, and leaves the work to others, while its clock is not to be believed', async () => {
    const asked: string[] = [];
    const warned = Promise.withResolvers<void>();
    const options = {
      assertClock: async () => {
        asked.push('the clock');
        throw new Error('this clock is 3600000 ms ahead');
      },
      leases: { take: async () => asked.push('the lease'), release: async () => undefined },
      due: { assertThere: async () => undefined, stocks: async () => asked.push('what is due') },
      registry: createMetrics('test'),
      log: { warn: () => warned.resolve() },
    };
    const process = new ExpireDueHolds(options as unknown as ExpireDueHoldsOptions);
    process.start();
    await warned.promise;
    await process.stop();
    expect(asked).toEqual(['the clock']);
  });
});

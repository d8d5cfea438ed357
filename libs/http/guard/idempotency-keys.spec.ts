import type { GuardedRequest } from './guarded-request.ts';
import { keepKeyUntil } from './idempotency-keys.ts';

describe('a request of which several things are in doubt', () => {
  it.each(['resolve', 'reject'] as const)(
    'keeps its key until the last is settled, though the first may %s',
    async (how) => {
      const request = {} as GuardedRequest;
      const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      keepKeyUntil(request, first.promise);
      keepKeyUntil(request, second.promise);
      const settled: string[] = [];
      const heard = request.doubt?.then(
        () => settled.push('resolve'),
        () => settled.push('reject'),
      );
      first[how]();
      await new Promise(setImmediate);
      expect(settled).toEqual([]);
      second.resolve();
      await heard;
      expect(settled).toEqual([how]);
    },
  );
});

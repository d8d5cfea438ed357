import { Health } from './health.ts';

describe('a check of health that hangs', () => {
  it('is not ready, and is asked again only once it has answered', async () => {
    let asked = 0;
    const answer = Promise.withResolvers<void>();
    const health = new Health();
    health.phase = 'ready';
    health.add({
      name: 'database',
      essential: true,
      check: () => {
        asked += 1;
        return answer.promise;
      },
    });
    const unable = { ready: false, phase: 'ready', degraded: ['database'] };
    expect(await Promise.all([health.readiness(), health.readiness()])).toEqual([unable, unable]);
    expect(asked).toBe(1);
    answer.resolve();
    await answer.promise;
    expect(await health.readiness()).toMatchObject({ ready: true, degraded: [] });
    expect(await health.readiness()).toMatchObject({ ready: true });
    expect(asked).toBeGreaterThan(1);
  });
});

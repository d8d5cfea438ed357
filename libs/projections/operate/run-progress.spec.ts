import type { RunReport } from './projection-runs.ts';
import { RunProgress } from './run-progress.ts';

const report = (events: number): RunReport => ({ events, position: undefined, generation: undefined });

describe('the progress of a run', () => {
  it('is written in the end, also when it came soon after what was written, and nothing follows', async () => {
    const written: number[] = [];
    const last = Promise.withResolvers<void>();
    const write = async ({ events }: RunReport): Promise<void> => {
      written.push(events);
      if (events === 6000) last.resolve();
    };
    const progress = new RunProgress(report(0), write, 20);
    progress.note(report(1000));
    for (const events of [2000, 3000, 4000, 5000, 6000]) progress.note(report(events));
    await last.promise;
    expect(written.length).toBeLessThan(6);
    expect(await progress.settle()).toEqual(report(6000));
  });

  it('is written again after it could not be', async () => {
    const second = Promise.withResolvers<number>();
    let tries = 0;
    const write = async ({ events }: RunReport): Promise<void> => {
      tries += 1;
      if (tries === 1) throw new Error('no connection');
      second.resolve(events);
    };
    const progress = new RunProgress(report(0), write, 1);
    progress.note(report(7));
    expect(await second.promise).toBe(7);
    await progress.settle();
  });

  it('is not written any more once it is settled', async () => {
    const written: number[] = [];
    const progress = new RunProgress(report(0), async ({ events }) => void written.push(events), 1);
    progress.note(report(1));
    expect(await progress.settle()).toEqual(report(1));
    progress.note(report(2));
    await progress.settle();
    expect(written).not.toContain(2);
  });
});

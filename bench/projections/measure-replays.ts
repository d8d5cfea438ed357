import type { Servers } from '../harness/contender.ts';
import { spread, type Spread } from '../report/summary.ts';
import type { ProjectionsPace } from './pace.ts';
import { perform, type Profiling } from './perform.ts';
import type { ModelName, Paced, Task } from './tasks.ts';

export interface ReplayMeasured {
  readonly title: string;
  readonly models: readonly ModelName[];
  readonly events: number;
  readonly perSecond: Spread;
  readonly peakMb: number;
  /** How many times faster Holdfast is with the same read models; undefined for Holdfast itself. */
  readonly holdfastTimes: number | undefined;
}

const models = { availability: ['availability'], all: ['availability', 'movements', 'holds'] } as const;

/** Holdfast's replay of all events, and two simpler implementations with the first part of them. */
export async function measureReplays(
  { postgres, redis }: Servers,
  pace: ProjectionsPace,
  profile: string | undefined,
  say: (line: string) => void,
): Promise<readonly ReplayMeasured[]> {
  const measured: ReplayMeasured[] = [];
  for (const [which, names] of Object.entries(models)) {
    const work = { postgres, redis, models: names, stockEvents: pace.events };
    const run = async (
      title: string,
      task: Task,
      times: number,
      holdfast?: ReplayMeasured,
    ): Promise<ReplayMeasured> => {
      const runs: Paced[] = [];
      for (let n = 0; n < times; n++) {
        const profiling: Profiling | undefined =
          profile && n === 0 ? { folder: profile, name: `${which}-${task.kind}.cpuprofile` } : undefined;
        runs.push(await perform<Paced>('projections-worker.ts', task, { profiling }));
        say(`  ${title}: ${Math.round((runs[n]?.events ?? 0) / (runs[n]?.seconds ?? 1))} events/s`);
      }
      const perSecond = spread(runs.map(({ events, seconds }) => events / seconds));
      const peakMb = Math.max(...runs.map((one) => one.peakMb));
      const holdfastTimes = holdfast && holdfast.perSecond.median / perSecond.median;
      const found = { title, models: names, events: runs[0]?.events ?? 0, perSecond, peakMb, holdfastTimes };
      measured.push(found);
      return found;
    };
    say(`replay into ${names.join(', ')}`);
    const holdfast = await run('Holdfast', { ...work, kind: 'replay', inRedis: which === 'all' }, pace.replays);
    const [transactions, statements] = [pace.transactionEvents, pace.statementEvents];
    await run('a transaction per event', { ...work, kind: 'transaction-per-event', events: transactions }, 1, holdfast);
    await run('a statement per event', { ...work, kind: 'statement-per-event', events: statements }, 1, holdfast);
  }
  return measured;
}

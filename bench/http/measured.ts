import { spread, type Spread } from '../report/summary.ts';
import type { LoadAnswer } from './clients.ts';

export interface Measured<Answer extends LoadAnswer = LoadAnswer> {
  readonly title: string;
  readonly perSecond: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerRequest: number;
  /** Share of answers other than 200 and 201. */
  readonly othersShare: number;
  readonly rounds: readonly Answer[];
}

export function summarize<Answer extends LoadAnswer>(title: string, rounds: readonly Answer[]): Measured<Answer> {
  const median = (of: (round: LoadAnswer) => number): number => spread(rounds.map(of)).median;
  return {
    title,
    perSecond: spread(rounds.map(({ requests, seconds }) => requests / seconds)),
    p50Ms: median(({ p50Ms }) => p50Ms),
    p99Ms: median(({ p99Ms }) => p99Ms),
    cpuMicrosPerRequest: median(({ cpuSeconds, requests }) => (cpuSeconds / requests) * 1_000_000),
    othersShare: median(othersShareOf),
    rounds,
  };
}

function othersShareOf({ others, requests }: LoadAnswer): number {
  return Object.values(others).reduce((sum, count) => sum + count, 0) / requests;
}

/** Only what was done counts: a failure to get a lock is no sale. */
export function donePerSecond({ perSecond, othersShare }: Measured): number {
  return perSecond.median * (1 - othersShare);
}

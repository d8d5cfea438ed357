import { contenders, type ContenderKey } from '../contenders/contenders.ts';
import type { Calibrated, Rival } from '../harness/rival.ts';
import { scenarios, type ScenarioKey } from '../harness/scenarios.ts';
import type { Answer } from '../harness/task.ts';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface RivalSummary {
  readonly key: ContenderKey;
  readonly title: string;
  readonly connections: number | undefined;
  readonly perSecond: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /**
   * Share of errors among purchases that ended after the clock started. Those without an answer long after it stopped
   * count as errors.
   */
  readonly errorShare: number;
  readonly rejected: number;
  readonly cpuMicrosPerCommand: number;
  readonly peakMb: number;
  /** How many times the throughput Holdfast has; undefined for Holdfast itself. */
  readonly holdfastTimes: number | undefined;
  readonly calibrations: readonly Calibrated[];
  readonly repeats: readonly Answer[];
}

export interface ScenarioSummary {
  readonly key: ScenarioKey;
  readonly title: string;
  readonly rivals: readonly RivalSummary[];
}

export function summarize(key: ScenarioKey, rivals: readonly Rival[]): ScenarioSummary {
  const holdfast = rivals.find((rival) => rival.key === 'holdfast');
  const reference = holdfast && perSecondOf(holdfast).median;
  return { key, title: scenarios[key].title, rivals: rivals.map((rival) => summarizeRival(rival, reference)) };
}

function summarizeRival(rival: Rival, reference: number | undefined): RivalSummary {
  const { key, connections, calibrations, answers } = rival;
  const perSecond = perSecondOf(rival);
  const median = (of: (answer: Answer) => number): number => spread(answers.map(of)).median;
  return {
    key,
    title: contenders[key].title,
    connections,
    perSecond,
    p50Ms: median(({ p50Ms }) => p50Ms),
    p99Ms: median(({ p99Ms }) => p99Ms),
    errorShare: median(errorShare),
    rejected: median(({ rejected }) => rejected),
    cpuMicrosPerCommand: median(({ cpuMicros, bought }) => cpuMicros / bought),
    peakMb: Math.max(...answers.map(({ peakMb }) => peakMb)),
    holdfastTimes: key === 'holdfast' || reference === undefined ? undefined : reference / perSecond.median,
    calibrations,
    repeats: answers,
  };
}

function errorShare({ errors, abandoned, bought, rejected }: Answer): number {
  return (errors + abandoned) / Math.max(errors + abandoned + bought + rejected, 1);
}

function perSecondOf({ answers }: Rival): Spread {
  return spread(answers.map(({ bought, seconds }) => bought / seconds));
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return { median: (low + high) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

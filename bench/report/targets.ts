import type { ContenderKey } from '../contenders/contenders.ts';
import type { ScenarioKey } from '../harness/scenarios.ts';
import type { ScenarioSummary } from './summary.ts';

export interface Target {
  readonly scenario: ScenarioKey;
  readonly rival: ContenderKey;
  /** Minimum ratio of throughput to that of the rival. */
  readonly times: number;
}

const targets: readonly Target[] = [
  { scenario: 'hot64', rival: 'a', times: 10 },
  { scenario: 'hot64', rival: 'b', times: 10 },
  { scenario: 'hot64', rival: 'c', times: 5 },
  { scenario: 'hot64', rival: 'd', times: 5 },
  { scenario: 'hot64', rival: 'e', times: 50 },
  { scenario: 'hot64', rival: 'f', times: 0.7 },
  { scenario: 'hot64', rival: 'g', times: 0.25 },
  { scenario: 'random64', rival: 'c', times: 2 },
  { scenario: 'random64', rival: 'e', times: 5 },
  { scenario: 'random1024', rival: 'c', times: 2 },
  { scenario: 'random1024', rival: 'e', times: 5 },
];

export interface Judged extends Target {
  readonly scenarioTitle: string;
  readonly rivalTitle: string;
  readonly reached: number;
}

export const memoryTargetMb = 300;

/** The targets that this run measured. */
export function judge(summaries: readonly ScenarioSummary[]): readonly Judged[] {
  return targets.flatMap((target) => {
    const scenario = summaries.find(({ key }) => key === target.scenario);
    const rival = scenario?.rivals.find(({ key }) => key === target.rival);
    if (scenario === undefined || rival?.holdfastTimes === undefined) return [];
    return [{ ...target, scenarioTitle: scenario.title, rivalTitle: rival.title, reached: rival.holdfastTimes }];
  });
}

import type { MemoryAnswer } from '../harness/measure-memory.ts';
import type { Surroundings } from './machine.ts';
import type { ScenarioSummary } from './summary.ts';
import type { Judged } from './targets.ts';

export interface Report {
  readonly command: string;
  readonly date: string;
  readonly surroundings: Surroundings;
  readonly eventStore: 'postgres' | 'esdb';
  readonly scenarios: readonly ScenarioSummary[];
  readonly targets: readonly Judged[];
  readonly memory: MemoryAnswer | undefined;
}

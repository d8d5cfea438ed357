export interface Scenario {
  readonly title: string;
  readonly itemsCount: number;
  readonly inFlight: number;
  /** Length of a stream when its measurement begins, including the event that provides its units. */
  readonly eventsBefore: number;
}

const hot = { itemsCount: 1, eventsBefore: 1000 };
const random = { itemsCount: 10_000, eventsBefore: 1 };

export const scenarios = {
  hot1: { ...hot, title: 'One hot item, 1 in flight', inFlight: 1 },
  hot64: { ...hot, title: 'One hot item, 64 in flight', inFlight: 64 },
  hot1024: { ...hot, title: 'One hot item, 1,024 in flight', inFlight: 1024 },
  random64: { ...random, title: '10,000 items at random, 64 in flight', inFlight: 64 },
  random1024: { ...random, title: '10,000 items at random, 1,024 in flight', inFlight: 1024 },
} as const satisfies Record<string, Scenario>;

export type ScenarioKey = keyof typeof scenarios;
export const scenarioKeys = Object.keys(scenarios) as ScenarioKey[];

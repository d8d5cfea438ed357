/** Durations and repeats; smaller in a quick run. */
export interface Pace {
  readonly repeats: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly calibrateMs: number;
  /** Pool sizes to try before the first repeat, unless there is only one. */
  readonly poolSizes: readonly number[];
  readonly memoryStreams: number;
}

export const fullPace: Pace = {
  repeats: 5,
  warmUpMs: 300,
  measureMs: 1000,
  calibrateMs: 400,
  poolSizes: [1, 4, 8, 16, 64],
  memoryStreams: 100_000,
};

export const quickPace: Pace = {
  repeats: 1,
  warmUpMs: 150,
  measureMs: 300,
  calibrateMs: 0,
  poolSizes: [8],
  memoryStreams: 30_000,
};

export interface LendingPace {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Pool sizes to try with the rival, unless there is only one. */
  readonly poolSizes: readonly [number, ...number[]];
  readonly calibrateMs: number;
}

export const fullPace: LendingPace = {
  rounds: 5,
  warmUpMs: 1000,
  measureMs: 4000,
  poolSizes: [4, 8, 16, 32, 64],
  calibrateMs: 1500,
};
export const quickPace: LendingPace = { rounds: 1, warmUpMs: 1000, measureMs: 2000, poolSizes: [16], calibrateMs: 0 };

/** Concurrent clients, each with its own connection and user. */
export const connections = 64;
/** Fewer than a request takes. */
export const acceptancesEach = 8000;
/** For one round: more than there is time for. */
export const requestsEach = 10;

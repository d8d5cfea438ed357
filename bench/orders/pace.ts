export interface OrdersPace {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Pool sizes to try with each rival, unless there is only one. */
  readonly poolSizes: readonly [number, ...number[]];
  readonly calibrateMs: number;
  readonly feedWarmUpMs: number;
}

export const fullPace: OrdersPace = {
  rounds: 5,
  warmUpMs: 1000,
  measureMs: 4000,
  poolSizes: [4, 8, 16, 32, 64],
  calibrateMs: 1500,
  feedWarmUpMs: 5000,
};
export const quickPace: OrdersPace = {
  rounds: 1,
  warmUpMs: 1000,
  measureMs: 2000,
  poolSizes: [16],
  calibrateMs: 0,
  feedWarmUpMs: 2000,
};

/** Concurrent clients, each with its own connection and user. */
export const connections = 64;
/** Each gives two entries in the feed. */
export const feedEventsPerSecond = 1000;

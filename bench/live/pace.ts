export interface LivePace {
  readonly streams: number;
  readonly subjects: number;
  /** Changes a second, one rate after the other; each goes to all streams of its subject. */
  readonly rates: readonly number[];
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export const fullPace: LivePace = {
  streams: 10_000,
  subjects: 100,
  rates: [100, 150, 200, 300, 400],
  warmUpMs: 5000,
  measureMs: 15_000,
};
export const quickPace: LivePace = { ...fullPace, rates: [100, 200], warmUpMs: 2000, measureMs: 4000 };

/** The first is the target: with these, p99 is to stay under the limit. */
export const p99MsMax = 250;
export const memoryMbMax = 400;
export const clientProcesses = 2;
export const openedAtOnce = 50;

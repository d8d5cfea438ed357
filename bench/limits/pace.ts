export interface LimitsPace {
  readonly customers: number;
  /** Customers between two measurements. */
  readonly customersEach: number;
}

export const fullPace: LimitsPace = { customers: 1_000_000, customersEach: 100_000 };
export const quickPace: LimitsPace = { ...fullPace, customers: 150_000, customersEach: 50_000 };

export interface WebhooksPace {
  readonly rounds: number;
  /** Each is delivered to every endpoint. */
  readonly warmUpEvents: number;
  readonly measuredEvents: number;
  readonly lagWarmUpMs: number;
  readonly lagMeasureMs: number;
}

export const fullPace: WebhooksPace = {
  rounds: 5,
  warmUpEvents: 1000,
  measuredEvents: 5000,
  lagWarmUpMs: 5000,
  lagMeasureMs: 10_000,
};
export const quickPace: WebhooksPace = {
  rounds: 1,
  warmUpEvents: 500,
  measuredEvents: 1500,
  lagWarmUpMs: 2000,
  lagMeasureMs: 3000,
};

export const endpointsCount = 4;
/** Of each endpoint, as the sender has it. */
export const connectionsEach = 8;
/** Stocks whose events are delivered, in order for each. */
export const subjectsCount = 1000;
export const lagPerSecond = 200;

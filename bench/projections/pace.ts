/** Amounts; smaller in a quick run. */
export interface ProjectionsPace {
  /** The longer history is replayed; the shorter one is used to compare memory and to serve queries. */
  readonly events: number;
  readonly fewerEvents: number;
  readonly replays: number;
  readonly transactionEvents: number;
  readonly statementEvents: number;
  readonly lagWarmUpMs: number;
  readonly lagMeasureMs: number;
  /** With and without the journal: what a busy machine still keeps up with. */
  readonly journalPerSecond: number;
  readonly httpRounds: number;
  readonly httpMeasureMs: number;
}

export const fullPace: ProjectionsPace = {
  events: 1_000_000,
  fewerEvents: 100_000,
  replays: 3,
  transactionEvents: 5000,
  statementEvents: 50_000,
  lagWarmUpMs: 10_000,
  lagMeasureMs: 20_000,
  journalPerSecond: 500,
  httpRounds: 5,
  httpMeasureMs: 2000,
};

export const quickPace: ProjectionsPace = {
  events: 50_000,
  fewerEvents: 20_000,
  replays: 1,
  transactionEvents: 1000,
  statementEvents: 5000,
  lagWarmUpMs: 1000,
  lagMeasureMs: 3000,
  journalPerSecond: 200,
  httpRounds: 1,
  httpMeasureMs: 500,
};

export const commandsPerSecond = 1000;
export const httpConnections = 64;

export interface HttpPace {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export const fullPace: HttpPace = { rounds: 5, warmUpMs: 1000, measureMs: 4000 };
export const quickPace: HttpPace = { rounds: 1, warmUpMs: 1000, measureMs: 2000 };

/** Concurrent clients, each with its own connection. */
export const connections = 64;
export const slotsCount = 1000;
/** With ten holds each, within the limit of open holds per caller and slot. */
export const expiringSlotsCount = 200;
/** Several, so that a gateway that hashes by stock can distribute them. */
export const hotItemsBehindGateway = 8;

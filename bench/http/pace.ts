export interface HttpPace {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export const fullPace: HttpPace = { rounds: 5, warmUpMs: 1000, measureMs: 4000 };
export const quickPace: HttpPace = { rounds: 1, warmUpMs: 1000, measureMs: 2000 };

/** Clients at once, each with a connection of its own. */
export const connections = 64;
export const slotsCount = 1000;
/** With ten holds each: no more than one caller may have open on one slot. */
export const expiringSlotsCount = 200;
/** Several, so that a gateway which hashes by stock has something to share out. */
export const hotItemsBehindGateway = 8;

import type { Condition, StockEvent } from '#domain';

/** What a client asks of an open lend. */
export type LendAsk =
  | { readonly type: 'return'; readonly lendId: number; readonly quantity?: number; readonly condition: Condition }
  /** `renewalsMax`: how many times its inventory allows. */
  | { readonly type: 'renew'; readonly lendId: number; readonly dueAt: number; readonly renewalsMax: number };

/** What a client asks of a stock alone. */
export type StockAsk =
  | LendAsk
  | { readonly type: 'adjust'; readonly delta: number; readonly expected?: number }
  | { readonly type: 'provide'; readonly quantity: number }
  | { readonly type: 'purchase'; readonly quantity: number }
  | { readonly type: 'hold'; readonly quantity: number; readonly ttlMs: number }
  | { readonly type: 'confirm'; readonly holdId: string; readonly quantity?: number }
  | { readonly type: 'extend'; readonly holdId: string; readonly ttlMs: number }
  | { readonly type: 'cancel'; readonly holdId: string }
  | { readonly type: 'lend'; readonly quantity: number; readonly borrowerId: string; readonly dueAt: number | null }
  | { readonly type: 'lend-held'; readonly holdId: string; readonly dueAt: number | null };

/** What a client asks of a stock, alone or among others. */
export type Ask =
  | StockAsk
  /** For an order, whose answer says what became of all its lines. */
  | { readonly type: 'reserve'; readonly orderId: string; readonly quantity: number }
  | { readonly type: 'reserve-held'; readonly orderId: string; readonly quantity: number; readonly holdId: string };

/** What an answer says of what was done. */
export type Facts =
  | { readonly quantity: number; readonly remaining: number }
  | { readonly orderId: string; readonly quantity: number }
  | { readonly provideId: number; readonly quantity: number }
  | {
      readonly lendId: number;
      readonly quantity: number;
      readonly returnedQuantity: number;
      readonly isBack: boolean;
      readonly dueAt: number | null;
      readonly renewals: number;
    }
  | {
      readonly holdId: string;
      readonly quantity: number;
      readonly status: HoldStatus;
      readonly confirmedQuantity: number | null;
      readonly expiresAt: number;
    };

export type HoldStatus = 'open' | 'confirmed' | 'cancelled' | 'expired';
export type Answered =
  | { readonly accepted: Facts }
  | { readonly rejected: string; readonly available?: number; readonly outstanding?: number };

export interface Asker {
  readonly userId: string;
  /** Who may touch anybody's holds and lends. */
  readonly isStaff: boolean;
}

/** One key's worth of asking, however often it was sent. Times are ticks of a clock that all clients share. */
export interface Operation {
  readonly commandId: string;
  readonly asker: Asker;
  readonly ask: Ask;
  /** Before the first try left. */
  readonly sent: number;
  /** After the first answer came; infinity when none did, and nobody knows what became of it. */
  readonly answered: number;
  readonly answer: Answered | undefined;
  /** What a later try was answered. */
  readonly again?: Answered;
}

/** An event of the stock's stream. */
export interface Recorded {
  readonly revision: number;
  readonly at: number;
  readonly commandId: string;
  readonly event: StockEvent;
}

/** Everything that clients saw of one stock, and everything that its stream recorded. */
export interface History {
  readonly operations: readonly Operation[];
  readonly events: readonly Recorded[];
}

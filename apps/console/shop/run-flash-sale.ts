import { HoldfastError } from '#client';
import { holdfast } from '../session/holdfast.ts';

export interface SaleSoFar {
  readonly isRunning: boolean;
  readonly bought: number;
  readonly soldOut: number;
  /** Rejected for another reason, such as a limit for each customer. */
  readonly otherwise: number;
  readonly seconds: number;
  readonly points: readonly { at: number; bought: number; soldOut: number; remaining: number | null }[];
}

export const noSale: SaleSoFar = { isRunning: false, bought: 0, soldOut: 0, otherwise: 0, seconds: 0, points: [] };

interface SaleOptions {
  readonly purchases: number;
  readonly signal: AbortSignal;
  readonly onChange: (sale: SaleSoFar) => void;
}

/** Browsers have six connections to an origin, of which one is the stream of availability. */
const inFlightMax = 6;
const shownEveryMs = 100;

/** Each purchase has an Idempotency-Key of its own: one that is repeated after a lost answer buys nothing more. */
export async function runFlashSale(itemId: string, { purchases, signal, onChange }: SaleOptions): Promise<void> {
  const began = Date.now();
  const counts = { bought: 0, soldOut: 0, otherwise: 0 };
  let remaining: number | null = null;
  let points: SaleSoFar['points'] = [];
  let sent = 0;
  const tell = (isRunning: boolean) => {
    const { bought, soldOut } = counts;
    points = [...points, { at: Date.now(), bought, soldOut, remaining }];
    onChange({ isRunning, ...counts, seconds: (Date.now() - began) / 1000, points });
  };
  const buyer = async () => {
    while (sent < purchases && !signal.aborted) {
      sent += 1;
      try {
        ({ remaining } = await holdfast.items.purchase(itemId, { quantity: 1 }, { signal }));
        counts.bought += 1;
      } catch (error) {
        if (!(error instanceof HoldfastError)) return;
        if (error.code === 'INSUFFICIENT_STOCK') counts.soldOut += 1;
        else counts.otherwise += 1;
      }
    }
  };
  const timer = setInterval(() => tell(true), shownEveryMs);
  tell(true);
  await Promise.all(Array.from({ length: inFlightMax }, buyer));
  clearInterval(timer);
  tell(false);
}

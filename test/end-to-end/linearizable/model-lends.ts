import type { Asker, Facts, LendAsk } from './history.ts';

export interface ModelLend {
  readonly borrowerId: string;
  readonly quantity: number;
  readonly returnedQuantity: number;
  readonly dueAt: number | null;
  readonly renewals: number;
}

/** The lends of a stock, by their numbers, whether or not they are back. */
export class ModelLends {
  readonly #lends = new Map<number, ModelLend>();

  /** Units that are out. */
  get units(): number {
    return [...this.#lends.values()].reduce((sum, lend) => sum + outstandingOf(lend), 0);
  }

  get(lendId: number): ModelLend | undefined {
    return this.#lends.get(lendId);
  }

  /** Units of it that are out. */
  outstanding(lendId: number): number {
    const lend = this.#lends.get(lendId);
    return lend === undefined ? 0 : outstandingOf(lend);
  }

  /** Whether the number is a new one. */
  opens(lendId: number, lend: Pick<ModelLend, 'borrowerId' | 'quantity' | 'dueAt'>): boolean {
    if (this.#lends.has(lendId)) return false;
    this.#lends.set(lendId, { ...lend, returnedQuantity: 0, renewals: 0 });
    return true;
  }

  /** Does it, and answers whether it could be done. `isAwaited`: whether others wait for a unit. */
  does(ask: LendAsk, asker: Asker, isAwaited: boolean): boolean {
    const lend = this.#lends.get(ask.lendId);
    if (lend === undefined || rejectionOf(ask, asker, lend, isAwaited) !== undefined) return false;
    const { quantity, returnedQuantity, renewals } = lend;
    const change =
      ask.type === 'return'
        ? { returnedQuantity: returnedQuantity + (ask.quantity ?? quantity - returnedQuantity) }
        : { dueAt: ask.dueAt, renewals: renewals + 1 };
    this.#lends.set(ask.lendId, { ...lend, ...change });
    return true;
  }

  facts(lendId: number): Facts | undefined {
    const lend = this.#lends.get(lendId);
    if (lend === undefined) return undefined;
    const { quantity, returnedQuantity, dueAt, renewals } = lend;
    return { lendId, quantity, returnedQuantity, isBack: quantity === returnedQuantity, dueAt, renewals };
  }
}

function outstandingOf({ quantity, returnedQuantity }: ModelLend): number {
  return quantity - returnedQuantity;
}

/** How what is asked of a lend must be rejected; undefined when it must not. */
export function rejectionOf(
  ask: LendAsk,
  { userId, isStaff }: Asker,
  lend: ModelLend | undefined,
  isAwaited: boolean,
): { readonly rejected: string; readonly outstanding?: number } | undefined {
  const isTheirs = isStaff || lend?.borrowerId === userId;
  if (lend === undefined || !isTheirs) return { rejected: 'LEND_NOT_FOUND' };
  const outstanding = outstandingOf(lend);
  if (outstanding === 0) return { rejected: 'ALREADY_RETURNED' };
  if (ask.type === 'return') {
    const isTooMuch = ask.quantity !== undefined && ask.quantity > outstanding;
    return isTooMuch ? { rejected: 'MORE_THAN_LENT', outstanding } : undefined;
  }
  if (lend.renewals >= ask.renewalsMax) return { rejected: 'RENEWED_TOO_OFTEN' };
  return isAwaited ? { rejected: 'LEND_AWAITED' } : undefined;
}

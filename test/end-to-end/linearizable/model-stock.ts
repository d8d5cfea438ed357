import type { Ask, Asker, Facts, HoldStatus } from './history.ts';
import { ModelLends } from './model-lends.ts';

interface ModelHold {
  readonly customerId: string;
  readonly quantity: number;
  readonly expiresAt: number;
  readonly status: HoldStatus;
  readonly confirmedQuantity: number | null;
}

/** What an event is of, besides its stock. */
export interface Named {
  readonly holdId: string;
  readonly lendId: number;
  readonly provideId: number;
}

/** The shortest stock one can think of, which the real one must agree with after every event. */
export class ModelStock {
  total = 0;
  taken = 0;
  /** The units of each order that has some. */
  readonly orders = new Map<string, number>();
  readonly holds = new Map<string, ModelHold>();
  readonly lends = new ModelLends();

  get held(): number {
    return this.open().reduce((sum, [, { quantity }]) => sum + quantity, 0);
  }

  get reserved(): number {
    return [...this.orders.values()].reduce((sum, quantity) => sum + quantity, 0);
  }

  get available(): number {
    return this.total - this.taken - this.held - this.reserved - this.lends.units;
  }

  /** Whether nothing is left for the next one, and somebody else than the borrower of the lend holds a unit. */
  isAwaited(lendId: number): boolean {
    const borrowerId = this.lends.get(lendId)?.borrowerId;
    return this.available === 0 && this.open().some(([, { customerId }]) => customerId !== borrowerId);
  }

  open(): [string, ModelHold][] {
    return [...this.holds].filter(([, { status }]) => status === 'open');
  }

  /** Does it, and answers whether it could be done. */
  does(ask: Ask, asker: Asker, { holdId, lendId }: Named, at: number): boolean {
    const { userId, isStaff } = asker;
    const hold = this.holds.get(holdId);
    const isTheirs = hold?.status === 'open' && (isStaff || hold.customerId === userId) && at < hold.expiresAt;
    switch (ask.type) {
      case 'adjust':
        return this.available === (ask.expected ?? this.available) && this.#fits((this.total += ask.delta));
      case 'provide':
        return this.#fits((this.total += ask.quantity));
      case 'purchase':
        return this.#fits((this.taken += ask.quantity));
      case 'hold':
        return hold === undefined && this.#put(holdId, { ...ask, customerId: userId, expiresAt: at + ask.ttlMs });
      case 'extend':
        return isTheirs && this.#put(holdId, { ...hold, expiresAt: at + ask.ttlMs });
      case 'cancel':
        return isTheirs && this.#put(holdId, { ...hold, status: 'cancelled' });
      case 'reserve':
        return this.#reserves(ask.orderId, ask.quantity);
      case 'reserve-held': {
        const { orderId, quantity: confirmedQuantity } = ask;
        const isEnough = isTheirs && confirmedQuantity <= hold.quantity;
        return (
          isEnough &&
          this.#put(holdId, { ...hold, status: 'confirmed', confirmedQuantity }) &&
          this.#reserves(orderId, confirmedQuantity)
        );
      }
      case 'confirm': {
        const confirmedQuantity = ask.quantity ?? hold?.quantity ?? 0;
        this.taken += confirmedQuantity;
        return isTheirs && this.#put(holdId, { ...hold, status: 'confirmed', confirmedQuantity });
      }
      case 'lend':
        return this.lends.opens(lendId, ask) && this.#fits(ask.quantity);
      case 'lend-held':
        if (!isTheirs) return false;
        this.#put(holdId, { ...hold, status: 'confirmed' });
        return this.lends.opens(lendId, { borrowerId: hold.customerId, quantity: hold.quantity, dueAt: ask.dueAt });
      case 'return':
        if (ask.condition !== 'ok') this.total -= ask.quantity ?? this.lends.outstanding(lendId);
        return this.lends.does(ask, asker, false);
      case 'renew':
        return this.lends.does(ask, asker, this.isAwaited(lendId));
    }
  }

  expires(holdId: string, at: number): boolean {
    const hold = this.holds.get(holdId);
    return hold?.status === 'open' && hold.expiresAt <= at && this.#put(holdId, { ...hold, status: 'expired' });
  }

  /** Whether the order had so many units, which are no longer reserved for it. */
  releases(orderId: string, quantity: number): boolean {
    const had = this.orders.get(orderId) ?? 0;
    this.orders.delete(orderId);
    return had === quantity;
  }

  /** What the answer to what was just done must say. */
  facts(ask: Ask, { holdId, lendId, provideId }: Named): Facts | undefined {
    if (ask.type === 'purchase') return { quantity: ask.quantity, remaining: this.available };
    if (ask.type === 'adjust') return { quantity: ask.delta, remaining: this.available };
    if (ask.type === 'provide') return { provideId, quantity: ask.quantity };
    if ('orderId' in ask) return { orderId: ask.orderId, quantity: ask.quantity };
    const lend = this.lends.facts(lendId);
    if (lend !== undefined) return lend;
    const hold = this.holds.get(holdId);
    if (hold === undefined) return undefined;
    const { quantity, status, confirmedQuantity, expiresAt } = hold;
    return { holdId, quantity, status, confirmedQuantity, expiresAt };
  }

  #put(holdId: string, hold: Omit<ModelHold, 'status' | 'confirmedQuantity'> & Partial<ModelHold>): boolean {
    const { customerId, quantity, expiresAt, status = 'open', confirmedQuantity = null } = hold;
    this.holds.set(holdId, { customerId, quantity, expiresAt, status, confirmedQuantity });
    return this.#fits(quantity - (confirmedQuantity ?? 0));
  }

  #reserves(orderId: string, quantity: number): boolean {
    if (this.orders.has(orderId)) return false;
    this.orders.set(orderId, quantity);
    return this.#fits(quantity);
  }

  #fits(change: number): boolean {
    return Number.isSafeInteger(change) && this.available >= 0;
  }
}

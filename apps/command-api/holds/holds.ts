import { holdAnswer, type HoldAnswer } from '#answers';
import {
  labelled,
  reject,
  type HoldEvent,
  type Rejected,
  type StockId,
  type StockRejection,
  type CustomerId,
} from '#domain';
import type { EventStore } from '#event-store';
import type { HoldIds, HoldReference } from '#ids';
import { done } from '#use-cases';
import type { KeyReused, RecordedEvent, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { missingIn } from '../stock/missing-in.ts';
import { findEndOfHold } from './find-end-of-hold.ts';
import type { HoldForTooLong } from './hold-allowance.ts';

/** What extending, confirming, cancelling and returning a hold come to. */
export type HoldOutcome = UseCaseOutcome<
  HoldAnswer,
  StockRejection | KeyReused | HoldForTooLong | NotForSale | NotConfirmed
>;

interface NotForSale {
  readonly code: 'HOLD_NOT_FOR_SALE';
}

export type NotConfirmed =
  | { readonly code: 'HOLD_NOT_CONFIRMED' }
  /** Its units went into an order, or were lent: that is what can be returned. */
  | { readonly code: 'HOLD_IN_ORDER'; readonly orderId: string }
  | { readonly code: 'HOLD_LENT'; readonly lendId: number };

/** A hold that somebody wants to change. */
export interface NamedHold extends HoldReference {
  readonly id: string;
  /** Whose it must be; null for staff, who may touch anybody's. */
  readonly customerId: CustomerId | null;
}

const statusAfter = {
  UnitsHeld: 'open',
  HoldExtended: 'open',
  HoldConfirmed: 'confirmed',
  HoldCancelled: 'cancelled',
  HoldExpired: 'expired',
  HoldReserved: 'confirmed',
  HoldLent: 'confirmed',
} as const satisfies Record<HoldEvent['type'], string>;

export const endedAs = {
  HoldConfirmed: 'HOLD_CONFIRMED',
  HoldCancelled: 'HOLD_CANCELLED',
  HoldExpired: 'HOLD_EXPIRED',
  HoldReserved: 'HOLD_CONFIRMED',
  HoldLent: 'HOLD_CONFIRMED',
} as const;

/** Holds, by the ids that clients know: each is found by its id alone, whether or not any read model knows it yet. */
export class Holds {
  constructor(
    private readonly ids: HoldIds,
    private readonly store: EventStore,
  ) {}

  /** The hold that is meant, which may or may not exist. */
  named(id: string, { role, userId }: UseCaseContext): NamedHold | Rejected<StockRejection> {
    const reference = this.ids.read(id);
    if (reference === undefined) return reject({ code: 'HOLD_NOT_FOUND', holdId: id });
    return { ...reference, id, customerId: role === 'staff' ? null : userId };
  }

  /** What the stock has forgotten of a hold, its stream still knows; and clients know the hold by another id. */
  async asClientsKnowIt<R extends StockRejection | KeyReused>(
    rejected: Rejected<R>,
    hold: NamedHold,
    { deadline }: UseCaseContext,
  ): Promise<Rejected<R | StockRejection>> {
    const { code } = rejected.rejection;
    if (code === 'HOLD_NOT_FOUND') return reject({ code: await this.#howItEnded(hold, deadline), holdId: hold.id });
    if (code === 'INSUFFICIENT_STOCK') return missingIn({ holdId: hold.id }, rejected);
    const isOfHold = code === 'HOLD_CONFIRMED' || code === 'HOLD_CANCELLED' || code === 'HOLD_EXPIRED';
    return isOfHold ? reject({ code, holdId: hold.id }) : rejected;
  }

  /** What a change of the hold comes to. With the key of a change of another hold, Redis has lost its fingerprint. */
  changed(hold: NamedHold, { event, write }: RecordedEvent<HoldEvent>): HoldOutcome {
    return event.holdId === hold.holdId ? done(this.answer(hold.stock, event), write) : reject({ code: 'KEY_REUSED' });
  }

  answer(stock: StockId, event: HoldEvent, returnedQuantity = 0): HoldAnswer {
    const { holdId, customerId, quantity, createdAt, expiresAt } = event;
    const confirmedQuantity = event.type === 'HoldConfirmed' ? event.confirmedQuantity : null;
    const times = { createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) };
    const facts = { holdId, stock, customerId, quantity, confirmedQuantity, ...labelled(event) };
    const hold = { ...facts, status: statusAfter[event.type], ...times };
    return holdAnswer(hold, this.ids, returnedQuantity);
  }

  async #howItEnded(hold: NamedHold, deadline: number) {
    const { event: end } = (await findEndOfHold(this.store, hold, deadline)) ?? {};
    const isTheirs = hold.customerId === null || end?.customerId === hold.customerId;
    return end === undefined || !isTheirs ? 'HOLD_NOT_FOUND' : endedAs[end.type];
  }
}

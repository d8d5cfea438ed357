import { labelled, reject, type HoldConfirmed, type Rejected, type StockRejection, type TakenBefore } from '#domain';
import type { EventStore } from '#event-store';
import type { HoldQueries } from '#read-models';
import type { Stocks } from '../stock/stocks.ts';
import { findEndOfHold } from './find-end-of-hold.ts';
import { endedAs, type NamedHold, type NotConfirmed } from './holds.ts';

export interface ConfirmedHold {
  readonly event: HoldConfirmed;
  readonly taken: TakenBefore;
}

type Outcome = ConfirmedHold | Rejected<StockRejection | NotConfirmed>;

/** What was taken with holds, as the events say that took it. */
export class ConfirmedHolds {
  constructor(
    private readonly stocks: Stocks,
    private readonly holds: HoldQueries,
    private readonly store: EventStore,
  ) {}

  async find(hold: NamedHold, deadline: number): Promise<Outcome> {
    const { id, holdId, stock, customerId } = hold;
    const stream = this.stocks.of(stock);
    const notOpen = await stream.rejectionOf({ type: 'CancelHold', holdId, customerId });
    if (notOpen === undefined) return reject({ code: 'HOLD_NOT_CONFIRMED' });
    const { code } = notOpen.rejection;
    if (code === 'HOLD_CANCELLED' || code === 'HOLD_EXPIRED') return reject({ code, holdId: id });
    const likelyAt = await this.holds.revisionOf(stock, holdId);
    const end = await findEndOfHold(this.store, hold, deadline, likelyAt);
    if (end === undefined || (customerId !== null && customerId !== end.event.customerId)) {
      return reject({ code: 'HOLD_NOT_FOUND', holdId: id });
    }
    const { event, at: takenAt } = end;
    switch (event.type) {
      case 'HoldConfirmed': {
        const { customerId: owner, confirmedQuantity: takenQuantity } = event;
        const taken = { source: 'hold', sourceId: holdId, customerId: owner, takenQuantity, takenAt } as const;
        return { event, taken: { ...taken, ...labelled(event) } };
      }
      case 'HoldReserved':
        return reject({ code: 'HOLD_IN_ORDER', orderId: event.orderId });
      case 'HoldLent':
        return reject({ code: 'HOLD_LENT', lendId: event.lendId });
      case 'HoldCancelled':
      case 'HoldExpired':
        return reject({ code: endedAs[event.type], holdId: id });
    }
  }
}

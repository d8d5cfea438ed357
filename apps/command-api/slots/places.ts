import { slotAnswer, type SlotAnswer } from '#answers';
import { isRejected, slotStock, stockAggregate, type Balance, type Rejected, type SaleTerms } from '#domain';
import type { SlotFacts, SlotId, SlotRejection, StockRejection } from '#domain';
import { step, withNewId, type UseCaseContext, type Write } from '#use-cases';
import { rejectionOfTerms, setTerms } from '../stock/set-terms.ts';
import type { Stocks } from '../stock/stocks.ts';
import type { Slots } from './slots.ts';

type Written = { readonly write: Write | undefined };
type Opened = Written & { readonly answer: SlotAnswer };

/** The places of a slot, which are a stock of their own. */
export class Places {
  constructor(
    private readonly slots: Slots,
    private readonly stocks: Stocks,
  ) {}

  /**
   * Its capacity, and that it closes when the slot starts. A retry gets the first answer, and asks the store for the slot
   * alone: one of a long series has time left for what is missing.
   */
  async open(
    facts: SlotFacts,
    capacity: number,
    context: UseCaseContext,
  ): Promise<Opened | Rejected<SlotRejection | StockRejection>> {
    const { slotId, startsAt } = facts;
    const command = { type: 'OpenPlaces', capacity, closesAt: startsAt } as const;
    const opened = await this.stocks.of(slotStock(slotId)).begin(command, step(context, 'SetCapacity'));
    if (isRejected(opened)) return opened;
    // Who has changed the slot since has set the closing time after that.
    const closing = await this.closeAtStart(slotId, context, opened.recorded && startsAt);
    if (isRejected(closing)) return closing;
    const last = opened.recorded?.events.at(-1);
    const answer =
      last === undefined ? await this.answer(slotId) : answerOf(facts, last.balance, stockAggregate.initial.saleTerms);
    return isRejected(answer) ? answer : { answer, write: closing.write ?? opened.write };
  }

  /**
   * Another request may change the slot meanwhile: repeated until the stock closes when the slot starts. `closing`: when
   * the stock is known to close.
   */
  async closeAtStart(
    slotId: SlotId,
    context: UseCaseContext,
    closing?: number | null,
  ): Promise<Written | Rejected<SlotRejection | StockRejection>> {
    let write: Write | undefined;
    for (let closesAt = closing; ;) {
      const slot = await this.slots.find(slotId);
      if (isRejected(slot)) return slot;
      if (slot.facts.startsAt === closesAt) return { write };
      closesAt = slot.facts.startsAt;
      const command = { type: 'SetClosingTime', closesAt } as const;
      const set = await this.stocks.of(slotStock(slotId)).execute(command, withNewId(context));
      if (isRejected(set)) return set;
      write = set.write ?? write;
    }
  }

  setCapacity(slotId: SlotId, capacity: number, context: UseCaseContext): Promise<Written | Rejected<StockRejection>> {
    const command = { type: 'SetCapacity', capacity } as const;
    return this.stocks.of(slotStock(slotId)).execute(command, step(context, 'SetCapacity'));
  }

  /** By what the stock says now: who books in that very moment can still make the capacity too small. */
  async seemToTake(slotId: SlotId, capacity: number): Promise<boolean> {
    const rejected = await this.stocks.of(slotStock(slotId)).rejectionOf({ type: 'SetCapacity', capacity });
    return rejected === undefined;
  }

  setTerms(
    slotId: SlotId,
    terms: Partial<SaleTerms>,
    context: UseCaseContext,
  ): Promise<Written | Rejected<StockRejection>> {
    return setTerms(this.stocks, slotStock(slotId), terms, context);
  }

  rejectionOfTerms(slotId: SlotId, terms: Partial<SaleTerms>): Promise<Rejected<StockRejection> | undefined> {
    return rejectionOfTerms(this.stocks, slotStock(slotId), terms);
  }

  /** The slot with its places, as they are now. */
  async answer(slotId: SlotId): Promise<SlotAnswer | Rejected<SlotRejection>> {
    const [slot, { balance, saleTerms }] = await Promise.all([
      this.slots.find(slotId),
      this.stocks.of(slotStock(slotId)).read(),
    ]);
    return isRejected(slot) ? slot : answerOf(slot.facts, balance, saleTerms);
  }
}

function answerOf(facts: SlotFacts, balance: Balance, terms: SaleTerms): SlotAnswer {
  const times = {
    startsAt: dateOf(facts.startsAt),
    endsAt: dateOf(facts.endsAt),
    cancelUntil: dateOf(facts.cancelUntil),
    createdAt: new Date(facts.createdAt),
  };
  return slotAnswer({ ...facts, ...times }, balance, terms);
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

import { isRejected, reject, type Rejected, type StockId, type StockRejection } from '#domain';
import type { StockEvent, TakenBefore, UnitsGivenBack } from '#domain';
import type { EventStore } from '#event-store';
import type { ReturnQueries } from '#read-models';
import type { KeyReused, RecordedEvent, UseCaseContext } from '#use-cases';
import type { Items } from '../catalog/items.ts';
import type { Slots } from '../slots/slots.ts';
import { findInStream } from './find-in-stream.ts';
import type { PurchaseLimits } from './purchase-limits.ts';
import type { Stocks } from './stocks.ts';

export interface WantedReturn {
  /** All that was not given back yet, unless given. */
  readonly quantity?: number;
  readonly reason: string | null;
}

type GivenBack = RecordedEvent<UnitsGivenBack> | Rejected<StockRejection | KeyReused>;

const dayMs = 86_400_000;

/** Gives back to a stock what a customer took from it. */
export class GiveBacks {
  constructor(
    private readonly stocks: Stocks,
    private readonly items: Items,
    private readonly slots: Slots,
    private readonly returns: ReturnQueries,
    private readonly store: EventStore,
    private readonly limits: PurchaseLimits,
  ) {}

  async record(stock: StockId, taken: TakenBefore, wanted: WantedReturn, context: UseCaseContext): Promise<GivenBack> {
    const command = { type: 'GiveBack', ...taken, ...wanted, until: await this.#until(stock, taken, context) } as const;
    const stream = this.stocks.of(stock);
    let back = await stream.record('UnitsGivenBack', command, context);
    while (isForgotten(back)) {
      const earlier = await this.#earlier(stock, taken, context.deadline);
      back = await stream.record('UnitsGivenBack', { ...command, earlier }, context);
    }
    if (isRejected(back)) return back;
    const { customerId, sourceId, returnedQuantity } = back.event;
    await this.limits.noteGivenBack(stock, customerId, sourceId, returnedQuantity);
    // The key was used for another return: Redis had lost the fingerprint of the key.
    return isSame(back.event, taken, wanted) ? back : reject({ code: 'KEY_REUSED' });
  }

  /** Why it would be rejected now if staff asked; undefined if it would not be. */
  async rejectionOf(
    stock: StockId,
    taken: TakenBefore,
    wanted: WantedReturn,
    { deadline }: UseCaseContext,
  ): Promise<Rejected<StockRejection> | undefined> {
    const command = { type: 'GiveBack', ...taken, ...wanted, until: null } as const;
    const stream = this.stocks.of(stock);
    const rejected = await stream.rejectionOf(command);
    if (rejected === undefined || !isForgotten(rejected)) return rejected;
    return stream.rejectionOf({ ...command, earlier: await this.#earlier(stock, taken, deadline) });
  }

  /** Until when it can be given back, in milliseconds since 1970; null for any time. */
  async #until(stock: StockId, { takenAt }: TakenBefore, { role }: UseCaseContext): Promise<number | null> {
    if (role === 'staff') return null;
    if (stock.kind === 'slot') {
      const slot = await this.slots.find(stock.slotId);
      if (isRejected(slot)) throw new Error(`the event store has lost slot ${stock.slotId}`);
      return slot.facts.cancelUntil ?? slot.facts.startsAt;
    }
    const item = await this.items.find(stock.itemId);
    if (isRejected(item)) throw new Error(`the event store has lost item ${stock.itemId}`);
    const { returnDays } = item.item.facts;
    return returnDays === 0 ? takenAt - 1 : takenAt + returnDays * dayMs;
  }

  /**
   * What the stock has forgotten of the source. All that it had counted when it was read is in the table, if the table is
   * complete, and otherwise in the stream.
   */
  async #earlier(stock: StockId, { sourceId, takenAt: since }: TakenBefore, deadline: number) {
    const { returnsCount: upTo } = await this.stocks.of(stock).read();
    const known = await this.returns.complete(stock, sourceId, upTo);
    if (known !== undefined) return { returnedQuantity: known, upTo };
    const is = (event: StockEvent): event is UnitsGivenBack =>
      event.type === 'UnitsGivenBack' && event.sourceId === sourceId;
    const last = await findInStream(this.store, { stock, since, is }, deadline);
    return { returnedQuantity: last?.event.returnedQuantity ?? 0, upTo };
  }
}

function isForgotten(back: GivenBack): boolean {
  return isRejected(back) && back.rejection.code === 'RETURNS_FORGOTTEN';
}

function isSame(
  event: UnitsGivenBack,
  { source, sourceId }: TakenBefore,
  { quantity = event.quantity, reason }: WantedReturn,
): boolean {
  return (
    event.source === source && event.sourceId === sourceId && event.quantity === quantity && event.reason === reason
  );
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { HoldAnswer } from '#answers';
import { isRejected, itemStock, slotStock } from '#domain';
import type { ItemRejection, Rejected, SlotRejection, StockId, StockRejection } from '#domain';
import { HoldIds } from '#ids';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Slots } from '../slots/slots.ts';
import { Stocks } from '../stock/stocks.ts';
import { unknownOr } from '../stock/unknown-or.ts';
import { HoldAllowance, type HoldForTooLong } from './hold-allowance.ts';
import { Holds } from './holds.ts';

type NotFound = ItemRejection | SlotRejection;
type Outcome = UseCaseOutcome<HoldAnswer, NotFound | StockRejection | KeyReused | HoldForTooLong>;

/** What is to be held: units of an item, by its id or number, or places of a slot, by its number. */
export type Holdable = { readonly item: string } | { readonly slot: string };

/** Holds units or places for a while. */
export class PlaceHold extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly of: Holdable,
    readonly quantity: number,
    readonly ttlSeconds: number,
  ) {
    super();
  }
}

@CommandHandler(PlaceHold)
export class PlaceHoldHandler implements ICommandHandler<PlaceHold> {
  constructor(
    private readonly items: Items,
    private readonly slots: Slots,
    private readonly stocks: Stocks,
    private readonly allowance: HoldAllowance,
    private readonly holdIds: HoldIds,
    private readonly holds: Holds,
  ) {}

  async execute({ context, of, quantity, ttlSeconds }: PlaceHold): Promise<Outcome> {
    const stock = await this.#stockOf(of);
    if (isRejected(stock)) return stock;
    const ttl = this.allowance.ttlFor(context, ttlSeconds);
    if (isRejected(ttl)) return ttl;
    const { holdId } = this.holdIds.make(stock, Date.now());
    const limits = this.allowance.limitsFor(context);
    const command = { type: 'Hold', holdId, customerId: context.userId, quantity, ...ttl, limits } as const;
    const held = await this.stocks.of(stock).record('UnitsHeld', command, context);
    if (isRejected(held)) return this.#unknownOr(held, stock);
    return done(this.holds.answer(stock, held.event), held.write);
  }

  async #stockOf(of: Holdable): Promise<StockId | Rejected<NotFound>> {
    if ('slot' in of) {
      const slot = this.slots.idOf(of.slot);
      return isRejected(slot) ? slot : slotStock(slot.id);
    }
    const item = await this.items.idOf(of.item);
    return isRejected(item) ? item : itemStock(item.id);
  }

  #unknownOr<R extends { readonly code: string }>(
    rejected: Rejected<R>,
    stock: StockId,
  ): Promise<Rejected<R | NotFound>> {
    return stock.kind === 'slot'
      ? unknownOr(rejected, () => this.slots.find(stock.slotId))
      : unknownOr(rejected, () => this.items.find(stock.itemId));
  }
}

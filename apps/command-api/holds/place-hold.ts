import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { HoldAnswer } from '#answers';
import { isRejected, itemStock, mainInventory, reject, slotStock } from '#domain';
import type { ItemRejection, Labels, Rejected, SlotRejection, StockId, StockRejection } from '#domain';
import { HoldIds } from '#ids';
import { done, onlyRepeats, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Inventories, whyNotLending, type DoesNotLend } from '../lending/inventories.ts';
import { Slots } from '../slots/slots.ts';
import { missingIn } from '../stock/missing-in.ts';
import { Stocks } from '../stock/stocks.ts';
import { unknownOr } from '../stock/unknown-or.ts';
import { HoldAllowance, type HoldForTooLong } from './hold-allowance.ts';
import { Holds } from './holds.ts';

type NotFound = ItemRejection | SlotRejection;
type Outcome = UseCaseOutcome<HoldAnswer, NotFound | DoesNotLend | StockRejection | KeyReused | HoldForTooLong>;

/**
 * What is to be held: units of an item, by its id or number, or places of a slot, by its number. Units are for sale, in
 * the main inventory, or to be lent by the inventory with the number.
 */
export type Holdable = { readonly item: string; readonly inventory?: string } | { readonly slot: string };

interface Found {
  readonly stock: StockId;
  /** Why nothing is held now, though it may have been when the same request came before. */
  readonly notNow?: Rejected<NotFound | DoesNotLend> | undefined;
}

export interface WantedHold {
  readonly quantity: number;
  readonly ttlSeconds: number;
  readonly labels: Labels | undefined;
}

/** Holds units or places for a while. */
export class PlaceHold extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly of: Holdable,
    readonly wanted: WantedHold,
  ) {
    super();
  }
}

@CommandHandler(PlaceHold)
export class PlaceHoldHandler implements ICommandHandler<PlaceHold> {
  constructor(
    private readonly items: Items,
    private readonly inventories: Inventories,
    private readonly slots: Slots,
    private readonly stocks: Stocks,
    private readonly allowance: HoldAllowance,
    private readonly holdIds: HoldIds,
    private readonly holds: Holds,
  ) {}

  async execute({ context, of, wanted: { quantity, ttlSeconds, labels } }: PlaceHold): Promise<Outcome> {
    const found = await this.#stockOf(of, context);
    if (isRejected(found)) return found;
    const { stock, notNow } = found;
    const ttl = this.allowance.ttlFor(context, ttlSeconds);
    if (isRejected(ttl)) return ttl;
    const { holdId } = this.holdIds.make(stock, Date.now());
    const limits = this.allowance.limitsFor(context);
    const recordBy = notNow && onlyRepeats.recordBy;
    const wanted = { quantity, ...ttl, labels };
    const command = { type: 'Hold', holdId, customerId: context.userId, ...wanted, limits, recordBy } as const;
    const held = await this.stocks.of(stock).record('UnitsHeld', command, context);
    if (isRejected(held)) return notNow ?? this.#unknownOr(held, stock);
    return done(this.holds.answer(stock, held.event), held.write);
  }

  async #stockOf(of: Holdable, context: UseCaseContext): Promise<Found | Rejected<NotFound | DoesNotLend>> {
    if ('slot' in of) {
      const slot = this.slots.idOf(of.slot);
      return isRejected(slot) ? slot : { stock: slotStock(slot.id) };
    }
    if (of.inventory !== undefined) return this.#stockToLend(of.item, of.inventory, context);
    const item = await this.items.idOf(of.item);
    return isRejected(item) ? item : { stock: itemStock(item.id) };
  }

  /** The stock of an inventory does not know that the item was discontinued. */
  async #stockToLend(
    idOrNumber: string,
    inventoryNumber: string,
    context: UseCaseContext,
  ): Promise<Found | Rejected<NotFound | DoesNotLend>> {
    const named = this.inventories.idOf(inventoryNumber);
    const inventory = isRejected(named) ? named : await this.inventories.find(named.id);
    if (isRejected(inventory)) return inventory;
    const item = await this.items.find(idOrNumber);
    if (isRejected(item)) return item;
    const isGone = item.item.status === 'discontinued';
    const notNow = whyNotLending(inventory, context) ?? (isGone ? reject({ code: 'ITEM_NOT_FOUND' }) : undefined);
    return { stock: itemStock(item.id, inventory.facts.inventoryId), notNow };
  }

  async #unknownOr<R extends { readonly code: string }>(
    rejected: Rejected<R>,
    stock: StockId,
  ): Promise<Rejected<R | NotFound | StockRejection>> {
    if (stock.kind === 'slot') {
      const { slotId } = stock;
      return unknownOr(missingIn({ slotId }, rejected), () => this.slots.find(slotId));
    }
    if (stock.inventoryId !== mainInventory) return missingIn({ inventoryId: stock.inventoryId }, rejected);
    return unknownOr(rejected, () => this.items.find(stock.itemId));
  }
}

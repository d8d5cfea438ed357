import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, isSameLabels, itemStock, reject, type InventoryId, type ItemId, type ItemStockId } from '#domain';
import type { CustomerId, KnownInventory, Labels, LendFacts, LendId, Rejected, StockRejection } from '#domain';
import { done, onlyRepeats, rejectField } from '#use-cases';
import type { FieldRejection, KeyReused, RecordedEvent, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Holds } from '../holds/holds.ts';
import { ActingUsers, type NotActing } from '../people/acting-users.ts';
import { missingIn } from '../stock/missing-in.ts';
import { Stocks } from '../stock/stocks.ts';
import { BorrowerLimits, type LimitPerBorrower } from './borrower-limits.ts';
import { Inventories, mayActAt, whyNotLending, type DoesNotLend } from './inventories.ts';
import { Lends } from './lends.ts';

/** Units of an item that are to be lent to somebody. */
export interface WantedUnits {
  /** Id or number of an item. */
  readonly item: string;
  readonly quantity: number;
  readonly inventoryId: InventoryId;
  /** The borrower, by id or number; by default the caller. */
  readonly borrower: string | undefined;
  readonly labels?: Labels | undefined;
}

/** When a lend is due, in milliseconds since 1970: null for never, undefined for what the inventory says. */
export type WantedDueAt = number | null | undefined;

/** Why nothing is lent now, though it may have been when the same request came before. */
type NotNow =
  | DoesNotLend
  | FieldRejection<'future'>
  | LimitPerBorrower
  | { readonly code: 'ITEM_UNKNOWN'; readonly itemId: ItemId };
type Rejection = NotNow | StockRejection | KeyReused | NotActing;
type Outcome = UseCaseOutcome<LendAnswer, Rejection>;

/** Lends units to somebody, or, with the id of a hold, what is held to whom it is held for. */
export class LendUnits extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly wanted: WantedUnits | { readonly holdId: string },
    readonly dueAt: WantedDueAt,
  ) {
    super();
  }
}

@CommandHandler(LendUnits)
export class LendUnitsHandler implements ICommandHandler<LendUnits> {
  constructor(
    private readonly inventories: Inventories,
    private readonly actingUsers: ActingUsers,
    private readonly items: Items,
    private readonly stocks: Stocks,
    private readonly holds: Holds,
    private readonly lends: Lends,
    private readonly limits: BorrowerLimits,
  ) {}

  execute({ context, wanted, dueAt }: LendUnits): Promise<Outcome> {
    return 'holdId' in wanted ? this.#lendHeld(wanted.holdId, dueAt, context) : this.#lend(wanted, dueAt, context);
  }

  async #lend(wanted: WantedUnits, wantedDueAt: WantedDueAt, context: UseCaseContext): Promise<Outcome> {
    const { inventoryId, quantity, labels } = wanted;
    const [inventory, item] = await Promise.all([this.inventories.find(inventoryId), this.items.find(wanted.item)]);
    if (isRejected(inventory)) return inventory;
    const borrower = await this.actingUsers.of(wanted.borrower, context, mayActAt(inventory, context));
    if (isRejected(borrower)) return borrower;
    if (isRejected(item)) return unknownItem(wanted.item);
    // A discontinued item is lent to nobody; who has it can still return it.
    const isLent = item.item.status !== 'discontinued';
    const notNow =
      whyNotLending(inventory, context) ?? whyNotDue(wantedDueAt) ?? (isLent ? undefined : unknownItem(wanted.item));
    const ofBorrower = { borrowerId: borrower.id, quantity, dueAt: dueAtOf(wantedDueAt, inventory), labels };
    const stock = itemStock(item.id, inventoryId);
    return this.#inPlace({ stock, inventory, ofBorrower, notNow }, context, async (numbered) => {
      const command = { type: 'Lend', ...numbered, ...ofBorrower } as const;
      const lent = await this.stocks.of(stock).record('UnitsLent', command, context);
      return isRejected(lent) ? missingIn({ inventoryId }, lent) : lent;
    });
  }

  async #lendHeld(holdId: string, wantedDueAt: WantedDueAt, context: UseCaseContext): Promise<Outcome> {
    const named = this.holds.named(holdId, context);
    if (isRejected(named)) return named;
    const { stock } = named;
    if (stock.kind !== 'item') return reject({ code: 'HOLD_NOT_FOUND', holdId });
    const inventory = await this.inventories.find(stock.inventoryId);
    if (isRejected(inventory)) return inventory;
    const hold = { ...named, customerId: mayActAt(inventory, context) ? null : named.customerId };
    const held = (await this.stocks.of(stock).read()).holds.get(hold.holdId);
    const dueAt = dueAtOf(wantedDueAt, inventory);
    const ofBorrower = held && { borrowerId: held.customerId, quantity: held.quantity, dueAt, labels: held.labels };
    const notNow = whyNotLending(inventory, context) ?? whyNotDue(wantedDueAt);
    return this.#inPlace({ stock, inventory, ofBorrower, notNow }, context, async (numbered) => {
      const command = {
        type: 'LendHeld',
        ...numbered,
        holdId: hold.holdId,
        customerId: hold.customerId,
        dueAt,
      } as const;
      const lent = await this.stocks.of(stock).record('HoldLent', command, context);
      if (isRejected(lent)) return this.holds.asClientsKnowIt(lent, hold, context);
      // The key was used for another hold: Redis had lost the fingerprint of the key.
      return lent.event.holdId === hold.holdId ? lent : reject({ code: 'KEY_REUSED' });
    });
  }

  /**
   * Records a lend within the limits of its borrower. What cannot be lent now is answered if the same request was
   * recorded before, and is not recorded now.
   */
  async #inPlace<R extends Rejection>(
    { stock, inventory, ofBorrower, notNow }: Wanted,
    context: UseCaseContext,
    record: (numbered: Numbered) => Promise<RecordedEvent<LendFacts> | Rejected<R>>,
  ): Promise<Outcome> {
    if (notNow !== undefined && !(await this.lends.isNumbered(stock, context))) return notNow;
    const lendId = await this.lends.newId(stock, context);
    // A hold that is no longer open is rejected by its stock.
    const counted = ofBorrower && { lendId, quantity: ofBorrower.quantity, dueAt: ofBorrower.dueAt };
    const reserve = () => counted && this.limits.reserve(inventory, ofBorrower.borrowerId, counted, context);
    const place = notNow ?? (await reserve());
    const { recordBy } = place !== undefined && isRejected(place) ? onlyRepeats : (place ?? {});
    const lent = await record(recordBy === undefined ? { lendId } : { lendId, recordBy });
    if (!isRejected(lent)) return this.#lent(stock, lent, ofBorrower);
    if (place !== undefined && isRejected(place)) return place;
    // With the key of a lend that was recorded, its place has been reserved anew.
    if (lent.rejection.code !== 'KEY_REUSED') await this.limits.withdraw(place);
    return lent;
  }

  async #lent(
    stock: ItemStockId,
    { event, write }: RecordedEvent<LendFacts>,
    ofBorrower: Wanted['ofBorrower'],
  ): Promise<Outcome> {
    // The key was used for another lend: Redis had lost the fingerprint of the key.
    const { borrowerId, quantity, labels } = ofBorrower ?? event;
    const isSame = event.borrowerId === borrowerId && event.quantity === quantity && isSameLabels(event.labels, labels);
    if (!isSame) return reject({ code: 'KEY_REUSED' });
    return done(await this.lends.answer(stock, event, null), write);
  }
}

interface Wanted {
  readonly stock: ItemStockId;
  readonly inventory: KnownInventory;
  /** Undefined for a hold that is no longer open. */
  readonly ofBorrower: OfBorrower | undefined;
  readonly notNow: Rejected<NotNow> | undefined;
}

interface OfBorrower {
  readonly borrowerId: CustomerId;
  readonly quantity: number;
  readonly dueAt: number | null;
  readonly labels: Labels | undefined;
}

interface Numbered {
  readonly lendId: LendId;
  readonly recordBy?: number;
}

function unknownItem(itemId: string): Rejected<NotNow> {
  return reject({ code: 'ITEM_UNKNOWN', itemId });
}

function whyNotDue(wanted: WantedDueAt): Rejected<NotNow> | undefined {
  const isPast = typeof wanted === 'number' && wanted <= Date.now();
  return isPast ? rejectField('due_at', 'future', {}) : undefined;
}

function dueAtOf(wanted: WantedDueAt, { facts: { defaultLendSeconds } }: KnownInventory): number | null {
  if (wanted !== undefined) return wanted;
  return defaultLendSeconds === null ? null : Date.now() + defaultLendSeconds * 1000;
}

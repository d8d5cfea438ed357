import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, itemStock, reject, type InventoryId, type ItemId } from '#domain';
import type { KnownInventory, Rejected, StockRejection } from '#domain';
import { done, rejectField } from '#use-cases';
import type { FieldRejection, KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { onlyRepeats } from '../catalog/unique-value.ts';
import { Holds } from '../holds/holds.ts';
import { ActingUsers, type NotActing } from '../people/acting-users.ts';
import { Stocks } from '../stock/stocks.ts';
import { BorrowerLimits, type LimitPerBorrower } from './borrower-limits.ts';
import { Inventories, mayActAt, missingIn, type DoesNotLend } from './inventories.ts';
import { Lends } from './lends.ts';

/** Units of an item that are to be lent to somebody. */
export interface WantedUnits {
  /** Id or number of an item. */
  readonly item: string;
  readonly quantity: number;
  readonly inventoryId: InventoryId;
  /** The borrower, by id or number; by default the caller. */
  readonly borrower: string | undefined;
}

/** When a lend is due, in milliseconds since 1970: null for never, undefined for what the inventory says. */
export type WantedDueAt = number | null | undefined;

type Rejection =
  | StockRejection
  | KeyReused
  | NotActing
  | FieldRejection<'future'>
  | DoesNotLend
  | LimitPerBorrower
  | { readonly code: 'ITEM_UNKNOWN'; readonly itemId: ItemId };
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
    const { inventoryId, quantity } = wanted;
    const inventory = await this.inventories.findLending(inventoryId, context);
    if (isRejected(inventory)) return inventory;
    const due = dueAtOf(wantedDueAt, inventory);
    if (isRejected(due)) return due;
    const [borrower, item] = await Promise.all([
      this.actingUsers.of(wanted.borrower, context, mayActAt(inventory, context)),
      this.items.find(wanted.item),
    ]);
    if (isRejected(borrower)) return borrower;
    // A discontinued item is lent to nobody; who has it can still return it.
    if (isRejected(item) || item.item.status === 'discontinued')
      return reject({ code: 'ITEM_UNKNOWN', itemId: wanted.item });
    const stock = itemStock(item.id, inventoryId);
    const lendId = await this.lends.newId(stock, context);
    const place = await this.limits.reserve(inventory, borrower.id, { lendId, quantity, ...due }, context);
    const command = {
      type: 'Lend',
      lendId,
      borrowerId: borrower.id,
      quantity,
      ...due,
      ...recordableBy(place),
    } as const;
    const lent = await this.stocks.of(stock).record('UnitsLent', command, context);
    if (!isRejected(lent)) return done(await this.lends.answer(stock, lent.event, null), lent.write);
    return (await this.#notInPlace(place)) ?? missingIn(inventoryId, lent);
  }

  async #lendHeld(holdId: string, wantedDueAt: WantedDueAt, context: UseCaseContext): Promise<Outcome> {
    const hold = this.holds.named(holdId, context);
    if (isRejected(hold)) return hold;
    const { stock } = hold;
    if (stock.kind !== 'item') return reject({ code: 'HOLD_NOT_FOUND', holdId });
    const inventory = await this.inventories.findLending(stock.inventoryId, context);
    if (isRejected(inventory)) return inventory;
    const due = dueAtOf(wantedDueAt, inventory);
    if (isRejected(due)) return due;
    const lendId = await this.lends.newId(stock, context);
    const customerId = mayActAt(inventory, context) ? null : hold.customerId;
    const held = (await this.stocks.of(stock).read()).holds.get(hold.holdId);
    const counted = held && { lendId, quantity: held.quantity, ...due };
    const place = counted && (await this.limits.reserve(inventory, held.customerId, counted, context));
    const command = {
      type: 'LendHeld',
      lendId,
      holdId: hold.holdId,
      customerId,
      ...due,
      ...recordableBy(place),
    } as const;
    const lent = await this.stocks.of(stock).record('HoldLent', command, context);
    if (!isRejected(lent)) return done(await this.lends.answer(stock, lent.event, null), lent.write);
    return (await this.#notInPlace(place)) ?? this.holds.asClientsKnowIt(lent, { ...hold, customerId }, context);
  }

  /** After a lend was rejected: because it had no place, or its place is given back. */
  async #notInPlace(place: Place): Promise<Rejected<LimitPerBorrower> | undefined> {
    if (place !== undefined && isRejected(place)) return place;
    await this.limits.withdraw(place);
    return undefined;
  }
}

type Place = Awaited<ReturnType<BorrowerLimits['reserve']>>;

/** A lend that has no place is answered if it was recorded before, and not recorded now. */
function recordableBy(place: Place): { readonly recordBy?: number } {
  if (place === undefined) return {};
  return { recordBy: isRejected(place) ? onlyRepeats.recordBy : place.recordBy };
}

function dueAtOf(
  wanted: WantedDueAt,
  { facts }: KnownInventory,
): { readonly dueAt: number | null } | Rejected<FieldRejection<'future'>> {
  if (wanted === undefined) {
    const { defaultLendSeconds } = facts;
    return { dueAt: defaultLendSeconds === null ? null : Date.now() + defaultLendSeconds * 1000 };
  }
  return wanted !== null && wanted <= Date.now() ? rejectField('due_at', 'future', {}) : { dueAt: wanted };
}

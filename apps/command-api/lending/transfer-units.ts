import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { transferAnswer, type TransferAnswer } from '#answers';
import { Numbers } from '#commands';
import { isRejected, itemStock, mainInventory, reject, type InventoryId, type ItemId } from '#domain';
import type { KnownInventory, KnownTransfer, NotTransferred, TransferRejection, WantedTransfer } from '#domain';
import { done, rejectField } from '#use-cases';
import type { FieldRejection, KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Stocks } from '../stock/stocks.ts';
import { Inventories, mayActAt } from './inventories.ts';
import { TransferRunner } from './transfer-runner.ts';
import { Transfers } from './transfers.ts';

/** Units of an item that are to be moved to another inventory. */
export interface WantedUnits {
  /** Id or number of an item. */
  readonly item: string;
  readonly quantity: number;
  readonly toInventoryId: InventoryId;
}

type Rejection =
  | NotTransferred
  | TransferRejection
  | KeyReused
  | FieldRejection<'differs', { readonly other: string }>
  | { readonly code: 'INVENTORY_NOT_FOUND' }
  | { readonly code: 'ITEM_UNKNOWN'; readonly itemId: ItemId };
type Outcome = UseCaseOutcome<TransferAnswer, Rejection>;

/** Moves units from one inventory to another: all of them, or none. */
export class TransferUnits extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    /** The number of the inventory that they come from. */
    readonly from: string,
    readonly wanted: WantedUnits,
  ) {
    super();
  }
}

@CommandHandler(TransferUnits)
export class TransferUnitsHandler implements ICommandHandler<TransferUnits> {
  constructor(
    private readonly inventories: Inventories,
    private readonly items: Items,
    private readonly stocks: Stocks,
    private readonly numbers: Numbers,
    private readonly transfers: Transfers,
    private readonly runner: TransferRunner,
  ) {}

  async execute({ context, from: fromNumber, wanted }: TransferUnits): Promise<Outcome> {
    const { toInventoryId, quantity } = wanted;
    const named = this.inventories.idOf(fromNumber);
    if (isRejected(named)) return named;
    const fromInventoryId = named.id;
    if (fromInventoryId === toInventoryId) {
      return rejectField('to_inventory_id', 'differs', { other: 'id' });
    }
    const from = await this.inventories.find(fromInventoryId);
    if (isRejected(from)) return from;
    const to = await this.inventories.find(toInventoryId);
    if (isRejected(to)) return to;
    if (!mayTransfer(from, to, context)) return reject({ code: 'FORBIDDEN' });
    const item = await this.items.find(wanted.item);
    if (isRejected(item)) return reject({ code: 'ITEM_UNKNOWN', itemId: wanted.item });
    // Once it had units, it has had them for ever: a retry is not rejected for this. All else the stocks say for good.
    const { hasHadUnits } = await this.stocks.of(itemStock(item.id, fromInventoryId)).read();
    if (!hasHadUnits) return reject({ code: 'NOT_IN_INVENTORY' });
    const { id: itemId, item: known } = item;
    const moved = { itemId, itemNumber: known.facts.number, quantity, fromInventoryId, toInventoryId };
    return this.#request(moved, takesFrom(to, context) ? null : { code: 'FORBIDDEN' }, context);
  }

  async #request(
    moved: Omit<WantedTransfer, 'transferId'>,
    reason: NotTransferred | null,
    context: UseCaseContext,
  ): Promise<Outcome> {
    const transferId = await this.numbers.assign('transfer', context.commandId, 'transfer');
    const command = { type: 'RequestTransfer', transferId, ...moved, reason } as const;
    const requested = await this.transfers.of(transferId).execute(command, context);
    if (isRejected(requested)) return requested;
    const recorded = await this.transfers.after(transferId, requested);
    // The key was used for a different transfer: Redis had lost the fingerprint of the key.
    if (!isSame(recorded, moved)) return reject({ code: 'KEY_REUSED' });
    const { transfer, failure, writes, settled } = await this.runner.run(recorded, context);
    const isFinished = failure === undefined;
    if (transfer.reason !== null) return reject(transfer.reason);
    if (!isFinished) context.noteUnfinished?.(settled);
    return { ...done(transferAnswer(transfer), requested.write, ...writes), isFinished };
  }
}

/** The owner of an inventory may send its units to any that takes provides; the main inventory is for staff alone. */
function mayTransfer(from: KnownInventory, to: KnownInventory, context: UseCaseContext): boolean {
  return mayActAt(from, context) && (context.role === 'staff' || to.facts.inventoryId !== mainInventory);
}

/**
 * Unlike who owns it, this can change from one attempt of a request to the next: so the rejection is recorded, and no
 * attempt that comes late moves units after all.
 */
function takesFrom(to: KnownInventory, context: UseCaseContext): boolean {
  return to.facts.takesProvides || mayActAt(to, context);
}

function isSame(transfer: KnownTransfer, wanted: Omit<WantedTransfer, 'transferId'>): boolean {
  const { itemId, quantity, fromInventoryId, toInventoryId } = wanted;
  return (
    transfer.itemId === itemId &&
    transfer.quantity === quantity &&
    transfer.fromInventoryId === fromInventoryId &&
    transfer.toInventoryId === toInventoryId
  );
}

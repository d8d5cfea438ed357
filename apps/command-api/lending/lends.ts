import { lendAnswer, type LendAnswer } from '#answers';
import type { Numbers } from '#commands';
import { isRejected, reject, stockOfStream, stockStream } from '#domain';
import type { CustomerId, InventoryDetails, ItemStockId, LendFacts, LendId, Rejected } from '#domain';
import { numberOf } from '#ids';
import type { Users } from '#people';
import type { UseCaseContext } from '#use-cases';
import type { Items } from '../catalog/items.ts';
import { mayActAt, type Inventories } from './inventories.ts';

/** A lend that somebody wants to change. */
export interface NamedLend {
  readonly lendId: LendId;
  readonly stock: ItemStockId;
  /** Whose it must be; null for whoever acts for its inventory, who may change any of its lends. */
  readonly borrowerId: CustomerId | null;
  readonly terms: Pick<InventoryDetails, 'defaultLendSeconds' | 'renewalsMax'>;
}

export interface LendNotFound {
  readonly code: 'LEND_NOT_FOUND';
  readonly lendId: LendId;
}

/** Lends, by their numbers. Each number is assigned for a stock before the lend is recorded there. */
export class Lends {
  constructor(
    private readonly numbers: Numbers,
    private readonly inventories: Inventories,
    private readonly items: Items,
    private readonly users: Users,
  ) {}

  /** The number of a new lend; a retry gets the same one. */
  newId(stock: ItemStockId, { commandId }: UseCaseContext): Promise<LendId> {
    return this.numbers.assign('lend', commandId, stockStream(stock));
  }

  /** Whether an earlier attempt of the request came as far as that. */
  isNumbered(stock: ItemStockId, { commandId }: UseCaseContext): Promise<boolean> {
    return this.numbers.isAssigned('lend', commandId, stockStream(stock));
  }

  /** The lend that is meant, which may or may not exist. */
  async named(number: string, context: UseCaseContext): Promise<NamedLend | Rejected<LendNotFound>> {
    const lendId = numberOf(number) ?? 0;
    const stream = lendId === 0 ? undefined : await this.numbers.targetOf('lend', lendId);
    const stock = stream === undefined ? undefined : stockOfStream(stream);
    if (stock?.kind !== 'item') return reject({ code: 'LEND_NOT_FOUND', lendId });
    const inventory = await this.inventories.find(stock.inventoryId);
    if (isRejected(inventory)) throw new Error(`the event store has lost inventory ${stock.inventoryId}`);
    const borrowerId = mayActAt(inventory, context) ? null : context.userId;
    return { lendId, stock, borrowerId, terms: inventory.facts };
  }

  /** `returnedAt` is when the last unit came back; null while one is out. */
  async answer(stock: ItemStockId, lend: LendFacts, returnedAt: number | null): Promise<LendAnswer> {
    const [item, borrower] = await Promise.all([
      this.items.numberOf(stock.itemId),
      this.users.numberOf(lend.borrowerId),
    ]);
    const numbers = { item, borrower };
    return lendAnswer({ ...lend, inventoryId: stock.inventoryId, returnedAt }, numbers, Date.now());
  }
}

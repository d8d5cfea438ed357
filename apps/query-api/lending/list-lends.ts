import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { reject, type InventoryId, type Rejected } from '#domain';
import { Users, type Caller } from '#people';
import { InventoryQueries, ItemQueries, LendQueries, type LendFilter, type Page, type Paging } from '#read-models';
import { mayActAt } from './known-inventory.ts';
import { lendAnswers } from './lend-answers.ts';

type NotTheirs = Rejected<{ readonly code: 'FORBIDDEN' }>;

/** `user` and `item` are ids or numbers. */
export type WantedLends = Omit<LendFilter, 'borrowerId' | 'itemId'> & {
  readonly user?: string | undefined;
  readonly item?: string | undefined;
};

/** The lends that all conditions apply to: those to the caller; of an inventory of the caller, or for staff, all. */
export class ListLends extends Query<Page<LendAnswer> | NotTheirs> {
  constructor(
    readonly caller: Caller,
    readonly wanted: WantedLends,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListLends)
export class ListLendsHandler implements IQueryHandler<ListLends> {
  constructor(
    private readonly lends: LendQueries,
    private readonly inventories: InventoryQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, wanted, paging }: ListLends): Promise<Page<LendAnswer> | NotTheirs> {
    const { user, item, ...conditions } = wanted;
    const [seesAll, borrowerId = user, found] = await Promise.all([
      this.#seesAll(caller, wanted.inventoryId),
      user === undefined ? undefined : this.users.idOf(user),
      item === undefined ? undefined : this.items.find(item),
    ]);
    if (!seesAll && borrowerId !== undefined && borrowerId !== caller.id) return reject({ code: 'FORBIDDEN' });
    const ofWhom = seesAll ? borrowerId : caller.id;
    const filter = { ...conditions, borrowerId: ofWhom, itemId: found?.id ?? item };
    const now = new Date();
    const { rows, ...page } = await this.lends.page(filter, now, paging);
    const answers = await lendAnswers(rows, this.users, this.items, now);
    return { ...page, rows: answers };
  }

  async #seesAll(caller: Caller, inventoryId: InventoryId | undefined): Promise<boolean> {
    if (caller.role === 'staff') return true;
    const inventory = inventoryId === undefined ? undefined : await this.inventories.find(inventoryId);
    return inventory !== undefined && mayActAt(inventory, caller);
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { provideAnswer, type ProvideAnswer } from '#answers';
import { isRejected, reject, type CustomerId, type InventoryId, type Rejected } from '#domain';
import { Users, type Caller } from '#people';
import { InventoryQueries, ItemQueries, ProvideQueries, type Page, type Paging, type Provide } from '#read-models';
import { mayActAt } from './known-inventory.ts';

/** `user` and `item` are ids or numbers. */
export interface WantedProvides {
  readonly user?: string | undefined;
  readonly item?: string | undefined;
  readonly inventoryId?: InventoryId | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

type NotTheirs = Rejected<{ readonly code: 'FORBIDDEN' }>;

/** The caller's own provides, and all into an inventory that the caller acts for; for staff, anybody's. */
export class ListProvides extends Query<Page<ProvideAnswer> | NotTheirs> {
  constructor(
    readonly caller: Caller,
    readonly wanted: WantedProvides,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListProvides)
export class ListProvidesHandler implements IQueryHandler<ListProvides> {
  constructor(
    private readonly provides: ProvideQueries,
    private readonly inventories: InventoryQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, wanted, paging }: ListProvides): Promise<Page<ProvideAnswer> | NotTheirs> {
    const { user, item, ...conditions } = wanted;
    const shown = await this.#userShown(caller, user, conditions.inventoryId);
    if (isRejected(shown)) return shown;
    const itemId = item === undefined ? undefined : ((await this.items.find(item))?.id ?? item);
    const { rows, ...page } = await this.provides.page({ ...conditions, itemId, userId: shown.userId }, paging);
    const numbers = await this.users.numbersOf(rows.flatMap(({ userId }) => userId ?? []));
    const answerOf = (provide: Provide) => provideAnswer({ ...provide, userNumber: numbers.get(provide.userId ?? '') });
    return { ...page, rows: rows.map(answerOf) };
  }

  /** Whose provides the caller is shown; of anybody if it is nobody. */
  async #userShown(
    caller: Caller,
    user: string | undefined,
    inventoryId: InventoryId | undefined,
  ): Promise<{ readonly userId: CustomerId | undefined } | NotTheirs> {
    const userId = user === undefined ? undefined : ((await this.users.idOf(user)) ?? user);
    const inventory = inventoryId === undefined ? undefined : await this.inventories.find(inventoryId);
    if (caller.role === 'staff' || (inventory !== undefined && mayActAt(inventory, caller))) return { userId };
    return userId === undefined || userId === caller.id ? { userId: caller.id } : reject({ code: 'FORBIDDEN' });
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, itemStock } from '#domain';
import { Users, type Caller } from '#people';
import { ItemQueries, PurchaseQueries, type CountedPage, type Paging } from '#read-models';
import { ReturnQueries, type PurchaseFilter } from '#read-models';
import { askedUser, type NotTheirs } from '../people/asked-user.ts';
import { shownPurchases, type ShownPurchase } from './shown-purchases.ts';

/** `user` and `item` are ids or numbers. */
export type WantedPurchases = Omit<PurchaseFilter, 'customerId' | 'stock'> & {
  readonly user?: string | undefined;
  readonly item?: string | undefined;
};

/** The purchases of the caller that all conditions apply to; for staff, everybody's. */
export class ListPurchases extends Query<CountedPage<ShownPurchase> | NotTheirs> {
  constructor(
    readonly caller: Caller,
    readonly wanted: WantedPurchases,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListPurchases)
export class ListPurchasesHandler implements IQueryHandler<ListPurchases> {
  constructor(
    private readonly purchases: PurchaseQueries,
    private readonly returns: ReturnQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, wanted, paging }: ListPurchases): Promise<CountedPage<ShownPurchase> | NotTheirs> {
    const { user, item, ...conditions } = wanted;
    const [customer, found] = await Promise.all([
      user === undefined && caller.role === 'staff' ? undefined : askedUser(this.users, caller, user ?? caller.id),
      item === undefined ? undefined : this.items.find(item),
    ]);
    if (customer !== undefined && isRejected(customer)) return customer;
    const itemId = found?.id ?? item;
    // Items are sold from the main inventory.
    const stock = itemId === undefined ? undefined : itemStock(itemId);
    const page = await this.purchases.page({ ...conditions, customerId: customer?.id, stock }, paging);
    return { ...page, rows: await shownPurchases(page.rows, this.returns, this.items) };
  }
}

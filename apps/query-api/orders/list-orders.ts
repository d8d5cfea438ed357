import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Users } from '#people';
import { ItemQueries, OrderQueries, type ListedOrder, type OrderFilter, type Page, type Paging } from '#read-models';

/** `user` and `product` are ids or numbers. */
export type WantedOrders = Omit<OrderFilter, 'itemId'> & {
  readonly user?: string | undefined;
  readonly product?: string | undefined;
};

/** The orders that all conditions apply to, the newest first. */
export class ListOrders extends Query<Page<ListedOrder>> {
  constructor(
    readonly wanted: WantedOrders,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListOrders)
export class ListOrdersHandler implements IQueryHandler<ListOrders> {
  constructor(
    private readonly orders: OrderQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ wanted: { user, product, ...conditions }, paging }: ListOrders): Promise<Page<ListedOrder>> {
    const [customerId = user, item] = await Promise.all([
      user === undefined ? conditions.customerId : this.users.idOf(user),
      product === undefined ? undefined : this.items.find(product),
    ]);
    return this.orders.page({ ...conditions, customerId, itemId: item?.id ?? product }, paging);
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import type { Caller } from '#people';
import { OrderHistoryQueries, OrderQueries, type OrderChange } from '#read-models';
import type { NoSuchOrder } from './get-order.ts';

interface OrderHistory {
  readonly changes: readonly OrderChange[];
}

/** What became of an order of the caller; for staff, of anybody's. */
export class GetOrderHistory extends Query<OrderHistory | NoSuchOrder> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetOrderHistory)
export class GetOrderHistoryHandler implements IQueryHandler<GetOrderHistory> {
  constructor(
    private readonly orders: OrderQueries,
    private readonly history: OrderHistoryQueries,
  ) {}

  async execute({ caller, id }: GetOrderHistory): Promise<OrderHistory | NoSuchOrder> {
    const order = await this.orders.find(id);
    const mayBeSeen = caller.role === 'staff' || order?.customerId === caller.id;
    if (order === undefined || !mayBeSeen) return reject({ code: 'ORDER_NOT_FOUND' });
    return { changes: await this.history.of(id) };
  }
}

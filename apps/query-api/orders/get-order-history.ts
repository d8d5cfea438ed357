import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import type { Caller } from '#people';
import { OrderHistoryQueries, OrderQueries, type OrderChange } from '#read-models';
import { knownOrder, type NoSuchOrder } from './known-order.ts';

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
    const order = await knownOrder(this.orders, id, caller);
    if (isRejected(order)) return order;
    return { changes: await this.history.of(id) };
  }
}

import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import type { Caller } from '#people';
import { OrderHistoryQueries, OrderQueries, ReturnQueries } from '#read-models';
import type { OrderChange, ReturnedUnits } from '#read-models';
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
    private readonly returns: ReturnQueries,
  ) {}

  async execute({ caller, id }: GetOrderHistory): Promise<OrderHistory | NoSuchOrder> {
    const order = await knownOrder(this.orders, id, caller);
    if (isRejected(order)) return order;
    const [changes, returns] = await Promise.all([this.history.of(id), this.returns.of(id)]);
    const all = [...changes, ...returns.map((returned) => changeOf(returned, changes))];
    return { changes: all.toSorted((one, other) => one.at.getTime() - other.at.getTime()) };
  }
}

/** What is given back does not change the status that the order had then. */
function changeOf(returned: ReturnedUnits, changes: readonly OrderChange[]): OrderChange {
  const { stock, quantity, returnedQuantity, reason, at, actor } = returned;
  const status = changes.findLast((change) => change.at <= at)?.status ?? 'shipped';
  const item = stock.kind === 'item' ? { itemId: stock.itemId } : {};
  return { status, type: 'UnitsGivenBack', at, actor, details: { ...item, quantity, returnedQuantity, reason } };
}

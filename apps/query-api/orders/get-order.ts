import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ReturnedItems } from '#answers';
import { isRejected } from '#domain';
import { OrderContacts, type Caller, type ShippingInfo } from '#people';
import { OrderQueries, ReturnQueries, type WholeOrder } from '#read-models';
import { knownOrder, type NoSuchOrder } from './known-order.ts';

interface OrderDetails {
  readonly order: WholeOrder;
  readonly contact: ShippingInfo | null;
  readonly returned: ReturnedItems;
}

/** An order of the caller; for staff, anybody's. */
export class GetOrder extends Query<OrderDetails | NoSuchOrder> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetOrder)
export class GetOrderHandler implements IQueryHandler<GetOrder> {
  constructor(
    private readonly orders: OrderQueries,
    private readonly contacts: OrderContacts,
    private readonly returns: ReturnQueries,
  ) {}

  async execute({ caller, id }: GetOrder): Promise<OrderDetails | NoSuchOrder> {
    const order = await knownOrder(this.orders, id, caller);
    if (isRejected(order)) return order;
    const [contact = null, last] = await Promise.all([this.contacts.find(id), this.returns.lastOf([id])]);
    const returned = new Map(
      last.flatMap(({ stock, returnedQuantity }) => (stock.kind === 'item' ? [[stock.itemId, returnedQuantity]] : [])),
    );
    return { order, contact, returned };
  }
}

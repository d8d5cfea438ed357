import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import { OrderContacts, type Caller, type ShippingInfo } from '#people';
import { OrderQueries, type WholeOrder } from '#read-models';
import { knownOrder, type NoSuchOrder } from './known-order.ts';

interface OrderDetails {
  readonly order: WholeOrder;
  readonly contact: ShippingInfo | null;
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
  ) {}

  async execute({ caller, id }: GetOrder): Promise<OrderDetails | NoSuchOrder> {
    const order = await knownOrder(this.orders, id, caller);
    if (isRejected(order)) return order;
    return { order, contact: (await this.contacts.find(id)) ?? null };
  }
}

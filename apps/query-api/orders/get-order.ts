import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { OrderContacts, type Caller, type ShippingInfo } from '#people';
import { OrderQueries, type WholeOrder } from '#read-models';

export type NoSuchOrder = Rejected<{ readonly code: 'ORDER_NOT_FOUND' }>;

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
    const [order, contact] = await Promise.all([this.orders.find(id), this.contacts.find(id)]);
    const mayBeSeen = caller.role === 'staff' || order?.customerId === caller.id;
    if (order === undefined || !mayBeSeen) return reject({ code: 'ORDER_NOT_FOUND' });
    return { order, contact: contact ?? null };
  }
}

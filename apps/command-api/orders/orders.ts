import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#commands';
import { isRejected, orderAggregate, reject, type CustomerId, type KnownOrder, type Rejected } from '#domain';
import type { Order, OrderCommand, OrderEvent, OrderId, OrderRejection } from '#domain';
import { canBeOrderId } from '#ids';
import { Streams, type Executed, type UseCaseContext } from '#use-cases';

type NotFound = Rejected<{ readonly code: 'ORDER_NOT_FOUND' }>;

/** The orders of customers. */
@Injectable()
export class Orders extends Streams<OrderId, Order, OrderCommand, OrderEvent, OrderRejection> {
  constructor(runtime: CommandRuntime) {
    super(runtime, orderAggregate);
  }

  /** An order that the caller may change: their own; for staff, anybody's. */
  async find(id: string, context: Pick<UseCaseContext, 'role' | 'userId'>): Promise<KnownOrder | NotFound> {
    const order = await this.known(id);
    if (isRejected(order)) return order;
    const owner = ownerFor(context);
    return owner === null || order.customerId === owner ? order : reject({ code: 'ORDER_NOT_FOUND' });
  }

  async known(id: string): Promise<KnownOrder | NotFound> {
    if (!canBeOrderId(id)) return reject({ code: 'ORDER_NOT_FOUND' });
    const order = await this.of(id).read();
    return order.status === 'unknown' || order.status === 'declined' ? reject({ code: 'ORDER_NOT_FOUND' }) : order;
  }

  /**
   * The order after one of its commands. What the command recorded just now says it all; otherwise another process may
   * have recorded something else meanwhile.
   */
  async after(order: KnownOrder, { recorded }: Executed<OrderEvent>): Promise<KnownOrder> {
    if (recorded?.repeated === false)
      return recorded.events.reduce(orderAggregate.evolve, order as Order) as KnownOrder;
    const now = await this.known(order.orderId);
    if (isRejected(now)) throw new Error(`the event store has lost ${order.orderId}`);
    return now;
  }
}

/** Whose an order must be for the caller to change it; null for staff, who may change any order. */
export function ownerFor({ role, userId }: Pick<UseCaseContext, 'role' | 'userId'>): CustomerId | null {
  return role === 'staff' ? null : userId;
}

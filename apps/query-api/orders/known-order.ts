import { reject, type Rejected } from '#domain';
import { canBeOrderId } from '#ids';
import type { Caller } from '#people';
import type { OrderQueries, WholeOrder } from '#read-models';

export type NoSuchOrder = Rejected<{ readonly code: 'ORDER_NOT_FOUND' }>;

/** An order that the caller may see: their own; for staff, anybody's. */
export async function knownOrder(orders: OrderQueries, id: string, caller: Caller): Promise<WholeOrder | NoSuchOrder> {
  const order = canBeOrderId(id) ? await orders.find(id) : undefined;
  const mayBeSeen = caller.role === 'staff' || order?.customerId === caller.id;
  return order !== undefined && mayBeSeen ? order : reject({ code: 'ORDER_NOT_FOUND' });
}

import {
  isPaymentDue,
  isRejected,
  type KnownOrder,
  type OrderCommand,
  type OrderEvent,
  type OrderRejection,
} from '#domain';
import type { OrderContacts } from '#people';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import type { OrderReturns } from './order-returns.ts';
import type { OrderRunner } from './order-runner.ts';
import type { Orders } from './orders.ts';
import type { OrderDetails } from './place-order.ts';

/** Records a change of an order, and carries out what the order then awaits. */
export class OrderChanges {
  constructor(
    private readonly orders: Orders,
    private readonly contacts: OrderContacts,
    private readonly runner: OrderRunner,
    private readonly returns: OrderReturns,
  ) {}

  async make(
    order: KnownOrder,
    type: OrderEvent['type'],
    command: OrderCommand,
    context: UseCaseContext,
  ): Promise<UseCaseOutcome<OrderDetails, OrderRejection | KeyReused>> {
    // Whether it is placed must be known first, and an order that is not paid in time is cancelled before it goes on.
    const goesOn = type !== 'OrderPaid' && type !== 'OrderCancelled';
    const isOverdue = goesOn && isPaymentDue(order, Date.now());
    if (order.awaits === 'reservation' || isOverdue) await this.#finish(order, context);
    const stream = this.orders.of(order.orderId);
    const changed = await stream.execute(command, context);
    if (isRejected(changed)) return changed;
    const isOther = changed.recorded?.events.every((event) => event.type !== type);
    // The command id was used for a different command: Redis had lost the fingerprint of the key.
    if (isOther === true) return { rejection: { code: 'KEY_REUSED' } };
    const after = await this.orders.after(order, changed);
    const { order: now, writes, failure, settled } = await this.runner.run(after, context);
    if (failure !== undefined) context.noteUnfinished?.(settled);
    const [contact = null, returned] = await Promise.all([this.contacts.find(order.orderId), this.returns.of(now)]);
    return { ...done({ order: now, contact, returned }, changed.write, ...writes), isFinished: failure === undefined };
  }

  /** Without this, a change would be rejected for good that only came too early. */
  async #finish(order: KnownOrder, context: UseCaseContext): Promise<void> {
    const { failure } = await this.runner.run(order, context);
    if (failure instanceof Error) throw failure;
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type OrderRejection } from '#domain';
import type { KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { OrderChanges } from './order-changes.ts';
import { ownerFor, Orders } from './orders.ts';
import type { OrderDetails } from './place-order.ts';

type Outcome = UseCaseOutcome<OrderDetails, OrderRejection | KeyReused>;

/** Ends an order that is not shipped; its units are available again. */
export class CancelOrder extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
  ) {
    super();
  }
}

@CommandHandler(CancelOrder)
export class CancelOrderHandler implements ICommandHandler<CancelOrder> {
  constructor(
    private readonly orders: Orders,
    private readonly changes: OrderChanges,
  ) {}

  async execute({ context, id }: CancelOrder): Promise<Outcome> {
    const order = await this.orders.find(id, context);
    if (isRejected(order)) return order;
    return this.changes.make(order, 'OrderCancelled', { type: 'CancelOrder', customerId: ownerFor(context) }, context);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type OrderRejection } from '#domain';
import type { KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { OrderChanges } from './order-changes.ts';
import { Orders } from './orders.ts';
import type { OrderDetails } from './place-order.ts';

type Outcome = UseCaseOutcome<OrderDetails, OrderRejection | KeyReused>;

/** Notes that an order is paid. The same payment may be noted any number of times. */
export class PayOrder extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly reference: string,
  ) {
    super();
  }
}

@CommandHandler(PayOrder)
export class PayOrderHandler implements ICommandHandler<PayOrder> {
  constructor(
    private readonly orders: Orders,
    private readonly changes: OrderChanges,
  ) {}

  async execute({ context, id, reference }: PayOrder): Promise<Outcome> {
    const order = await this.orders.find(id, context);
    if (isRejected(order)) return order;
    return this.changes.make(order, 'OrderPaid', { type: 'PayOrder', reference }, context);
  }
}

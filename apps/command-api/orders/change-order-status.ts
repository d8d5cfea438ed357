import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type OrderRejection } from '#domain';
import type { KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { OrderChanges } from './order-changes.ts';
import { Orders } from './orders.ts';
import type { OrderDetails } from './place-order.ts';

type Outcome = UseCaseOutcome<OrderDetails, OrderRejection | KeyReused>;

export type NextStatus =
  { readonly status: 'processing' | 'completed' } | { readonly status: 'shipped'; readonly trackingNumber: string };

/** Takes an order to its next status. What is shipped, or completed without shipping, is taken from stock. */
export class ChangeOrderStatus extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly to: NextStatus,
  ) {
    super();
  }
}

@CommandHandler(ChangeOrderStatus)
export class ChangeOrderStatusHandler implements ICommandHandler<ChangeOrderStatus> {
  constructor(
    private readonly orders: Orders,
    private readonly changes: OrderChanges,
  ) {}

  async execute({ context, id, to }: ChangeOrderStatus): Promise<Outcome> {
    const order = await this.orders.find(id, context);
    if (isRejected(order)) return order;
    switch (to.status) {
      case 'processing':
        return this.changes.make(order, 'OrderProcessingStarted', { type: 'ProcessOrder' }, context);
      case 'shipped': {
        const { trackingNumber } = to;
        return this.changes.make(order, 'OrderShipped', { type: 'ShipOrder', trackingNumber }, context);
      }
      case 'completed':
        return this.changes.make(order, 'OrderCompleted', { type: 'CompleteOrder' }, context);
    }
  }
}

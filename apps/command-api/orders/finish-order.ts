import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '#commands';
import { isRejected, type OrderId, type OrderStatus } from '#domain';
import { done, type UseCaseOutcome } from '#use-cases';
import { OrderRunner } from './order-runner.ts';
import { Orders } from './orders.ts';

type Outcome = UseCaseOutcome<{ readonly status: OrderStatus }, { readonly code: 'ORDER_NOT_FOUND' }>;

/** Goes on with an order where another process left it. Does nothing if nothing is left to do. */
export class FinishOrder extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly orderId: OrderId,
  ) {
    super();
  }
}

@CommandHandler(FinishOrder)
export class FinishOrderHandler implements ICommandHandler<FinishOrder> {
  constructor(
    private readonly orders: Orders,
    private readonly runner: OrderRunner,
  ) {}

  async execute({ context, orderId }: FinishOrder): Promise<Outcome> {
    const known = await this.orders.known(orderId);
    if (isRejected(known)) return known;
    const goingOn = await this.orders.of(orderId).goingOn(context);
    const { order, writes, failure } = await this.runner.run(known, goingOn);
    if (failure !== undefined) throw failure;
    return done({ status: order.status }, ...writes);
  }
}

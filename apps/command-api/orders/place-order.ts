import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OrderNumbers } from '#commands';
import { isRejected, orderAggregate, reject, type KnownOrder, type NotPlaced, type OrderId } from '#domain';
import type { OrderRejection, PaymentMethod, Rejected, SubmitOrder } from '#domain';
import { HoldIds, madeId } from '#ids';
import { OrderContacts, type ShippingInfo } from '#people';
import { done, step, type UseCaseContext, type UseCaseOutcome, type Write } from '#use-cases';
import { OrderRunner, settledAfter } from './order-runner.ts';
import { OrderTerms } from './order-terms.ts';
import { Orders } from './orders.ts';
import { asClientsKnowIt, PricedLines, type WantedLine } from './priced-lines.ts';

export interface OrderDetails {
  readonly order: KnownOrder;
  /** null for an order that is not shipped, or whose customer was erased. */
  readonly contact: ShippingInfo | null;
}

type NotSubmitted = { readonly code: 'ORDER_EMPTY' | 'USER_NOT_FOUND' };
type Outcome = UseCaseOutcome<OrderDetails, OrderRejection | NotSubmitted>;

export interface WantedOrder {
  readonly lines: readonly WantedLine[];
  /** null for an order that is neither shipped nor paid for here. */
  readonly delivery: { readonly contact: ShippingInfo; readonly paymentMethod: PaymentMethod } | null;
}

/** Orders several items: all of them, or none. */
export class PlaceOrder extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly wanted: WantedOrder,
  ) {
    super();
  }
}

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(
    private readonly orders: Orders,
    private readonly lines: PricedLines,
    private readonly terms: OrderTerms,
    private readonly numbers: OrderNumbers,
    private readonly contacts: OrderContacts,
    private readonly runner: OrderRunner,
    private readonly holdIds: HoldIds,
  ) {}

  async execute({ context, wanted }: PlaceOrder): Promise<Outcome> {
    if (wanted.lines.length === 0) return reject({ code: 'ORDER_EMPTY' });
    const orderId = madeId('order', context.commandId);
    const contact = wanted.delivery?.contact ?? null;
    const submitted = await this.#submit(orderId, wanted, context);
    if (isRejected(submitted)) return submitted;
    const { order, failure, writes } = await this.runner.run(submitted.order, context);
    const isFinished = failure === undefined;
    if (order.status === 'rejected' && isFinished) return this.#rejected(order.reason);
    if (!isFinished) context.noteUnfinished?.(settledAfter(failure));
    return { ...done({ order, contact }, submitted.write, ...writes), isFinished };
  }

  async #submit(
    orderId: OrderId,
    wanted: WantedOrder,
    context: UseCaseContext,
  ): Promise<Submitted | Rejected<OrderRejection | NotSubmitted>> {
    const lines = await this.lines.of(wanted.lines);
    if (isRejected(lines)) return this.#decline(orderId, lines.rejection, context);
    const terms = this.terms.of(wanted.delivery?.paymentMethod ?? null);
    const command = { orderId, customerId: context.userId, lines, ...terms };
    const rejected = await this.lines.whyNotNow(command);
    if (rejected !== undefined) return this.#decline(orderId, rejected.rejection, context);
    const [orderNumber, hasUser] = await Promise.all([
      this.numbers.assign(orderId, this.terms.today()),
      wanted.delivery === null || this.contacts.record(orderId, context.userId, wanted.delivery.contact),
    ]);
    if (!hasUser) return reject({ code: 'USER_NOT_FOUND' });
    return this.#record({ type: 'SubmitOrder', ...command, orderNumber }, context);
  }

  async #record(command: SubmitOrder, context: UseCaseContext): Promise<Submitted | Rejected<OrderRejection>> {
    const answer = await this.orders.of(command.orderId).execute(command, context);
    if (isRejected(answer)) return answer;
    const { recorded, write } = answer;
    if (recorded === undefined || recorded.repeated) return this.#earlier(command.orderId, write);
    return { order: recorded.events.reduce(orderAggregate.evolve, orderAggregate.initial) as KnownOrder, write };
  }

  /**
   * Another attempt of the same request may have submitted the order, or may still do so: from now on it cannot, so that
   * nothing is ordered after the answer said that it is not.
   */
  async #decline(
    orderId: OrderId,
    reason: NotPlaced,
    context: UseCaseContext,
  ): Promise<Submitted | Rejected<OrderRejection>> {
    if (!context.isRepeatable) return this.#rejected(reason);
    const command = { type: 'DeclineOrder', reason } as const;
    const answer = await this.orders.of(orderId).execute(command, step(context, 'decline'));
    if (isRejected(answer)) return answer;
    return answer.recorded === undefined || answer.recorded.repeated
      ? this.#earlier(orderId, answer.write)
      : this.#rejected(reason);
  }

  /** What an earlier attempt of the same request recorded. */
  async #earlier(orderId: OrderId, write: Write | undefined): Promise<Submitted | Rejected<OrderRejection>> {
    const order = await this.orders.of(orderId).read();
    if (order.status === 'unknown') throw new Error(`the event store has lost ${orderId}`);
    return order.status === 'declined'
      ? this.#rejected(order.reason)
      : { order, write: write && { ...write, repeated: true } };
  }

  #rejected(reason: NotPlaced | null): Rejected<OrderRejection> {
    return reject(asClientsKnowIt(reason ?? { code: 'NOT_PLACED_IN_TIME' }, this.holdIds));
  }
}

interface Submitted {
  readonly order: KnownOrder;
  readonly write: Write | undefined;
}

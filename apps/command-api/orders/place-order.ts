import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReturnedItems } from '#answers';
import { OrderNumbers } from '#commands';
import { isRejected, isSameLabels, labelled, orderAggregate, reject } from '#domain';
import type { KnownOrder, Labels, NotPlaced, OrderId } from '#domain';
import type { OrderRejection, PaymentMethod, Rejected, SubmitOrder } from '#domain';
import { HoldIds, madeId } from '#ids';
import { OrderContacts, type ShippingInfo } from '#people';
import { done, step, type KeyReused, type UseCaseContext, type UseCaseOutcome, type Write } from '#use-cases';
import { OrderRunner } from './order-runner.ts';
import { OrderTerms } from './order-terms.ts';
import { Orders } from './orders.ts';
import { asClientsKnowIt, PricedLines, type WantedLine } from './priced-lines.ts';

export interface OrderDetails {
  readonly order: KnownOrder;
  /** null for an order that is not shipped, or whose customer was erased. */
  readonly contact: ShippingInfo | null;
  /** Nothing unless given. */
  readonly returned?: ReturnedItems;
}

type NotSubmitted = KeyReused | { readonly code: 'ORDER_EMPTY' | 'USER_NOT_FOUND' };
type Rejection = OrderRejection | NotSubmitted;
type Outcome = UseCaseOutcome<OrderDetails, Rejection>;

export interface WantedOrder {
  readonly lines: readonly WantedLine[];
  /** null for an order that is neither shipped nor paid for here. */
  readonly delivery: { readonly contact: ShippingInfo; readonly paymentMethod: PaymentMethod } | null;
  readonly labels?: Labels | undefined;
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
    const submitted = await this.#submit(orderId, wanted, context);
    if (isRejected(submitted)) return submitted;
    const { order, failure, writes, settled } = await this.runner.run(submitted.order, context);
    const isFinished = failure === undefined;
    if (order.status === 'rejected' && isFinished) return this.#rejected(order.reason);
    if (!isFinished) context.noteUnfinished?.(settled);
    return { ...done({ order, contact: submitted.contact }, submitted.write, ...writes), isFinished };
  }

  async #submit(
    orderId: OrderId,
    wanted: WantedOrder,
    context: UseCaseContext,
  ): Promise<Submitted | Rejected<Rejection>> {
    const lines = await this.lines.of(wanted.lines);
    if (isRejected(lines)) return this.#decline(orderId, wanted, lines.rejection, context);
    const terms = this.terms.of(wanted.delivery?.paymentMethod ?? null);
    const command = { orderId, customerId: context.userId, lines, ...terms, ...labelled(wanted) };
    const rejected = await this.lines.whyNotNow(command);
    if (rejected !== undefined) return this.#decline(orderId, wanted, rejected.rejection, context);
    const [orderNumber, contact] = await Promise.all([
      this.numbers.assign(orderId, this.terms.today()),
      wanted.delivery && this.contacts.record(orderId, context.userId, wanted.delivery.contact),
    ]);
    if (contact === 'user-erased') return reject({ code: 'USER_NOT_FOUND' });
    // An attempt of a different request with this key has written it, and may have submitted the order since.
    if (contact === 'other') return reject({ code: 'KEY_REUSED' });
    return this.#record({ type: 'SubmitOrder', ...command, orderNumber }, wanted, context);
  }

  async #record(
    command: SubmitOrder,
    wanted: WantedOrder,
    context: UseCaseContext,
  ): Promise<Submitted | Rejected<Rejection>> {
    const answer = await this.orders.of(command.orderId).begin(command, context);
    if (isRejected(answer)) return reject(asClientsKnowIt(answer.rejection, this.holdIds));
    const { recorded, write } = answer;
    if (recorded === undefined || recorded.repeated) return this.#earlier(command.orderId, wanted, context, write);
    const order = recorded.events.reduce(orderAggregate.evolve, orderAggregate.initial) as KnownOrder;
    return { order, contact: wanted.delivery?.contact ?? null, write };
  }

  /**
   * Another attempt of the same request may have submitted the order, or may still do so: from now on it cannot, so that
   * nothing is ordered after the answer said that it is not.
   */
  async #decline(
    orderId: OrderId,
    wanted: WantedOrder,
    reason: NotPlaced,
    context: UseCaseContext,
  ): Promise<Submitted | Rejected<Rejection>> {
    if (!context.isRepeatable) return this.#rejected(reason);
    const command = { type: 'DeclineOrder', reason } as const;
    const stream = this.orders.of(orderId);
    const answer = await stream.execute(command, step(context, 'decline'));
    if (isRejected(answer)) return answer;
    if (answer.recorded?.repeated === false) return this.#rejected(reason);
    // The order was submitted, by the command with the id of the request: with that id, it answers what it recorded.
    const earlier = answer.recorded === undefined ? await stream.execute(command, context) : answer;
    return isRejected(earlier) ? earlier : this.#earlier(orderId, wanted, context, earlier.write);
  }

  /** What an earlier attempt of the same request recorded. */
  async #earlier(
    orderId: OrderId,
    wanted: WantedOrder,
    context: UseCaseContext,
    write: Write | undefined,
  ): Promise<Submitted | Rejected<Rejection>> {
    const order = await this.orders.of(orderId).read();
    if (order.status === 'unknown') throw new Error(`the event store has lost ${orderId}`);
    if (order.status === 'declined') return this.#rejected(order.reason);
    // The key was used for a different order: Redis had lost the fingerprint of the key.
    const isSame = order.customerId === context.userId && (await this.#isWanted(order, wanted));
    if (!isSame) return reject({ code: 'KEY_REUSED' });
    const contact = (await this.contacts.find(orderId)) ?? null;
    return { order, contact, write: write && { ...write, repeated: true } };
  }

  async #isWanted(order: KnownOrder, { lines, delivery, labels }: WantedOrder): Promise<boolean> {
    const isPaidSo = order.paymentMethod === (delivery?.paymentMethod ?? null);
    return isPaidSo && isSameLabels(order.labels, labels) && this.lines.areOf(lines, order.lines);
  }

  #rejected(reason: NotPlaced | null): Rejected<OrderRejection> {
    return reject(asClientsKnowIt(reason ?? { code: 'NOT_PLACED_IN_TIME' }, this.holdIds));
  }
}

interface Submitted extends OrderDetails {
  readonly write: Write | undefined;
}

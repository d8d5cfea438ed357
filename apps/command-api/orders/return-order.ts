import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { claimsOf, isRejected, itemStock, labelled, reject } from '#domain';
import type { ItemId, KnownOrder, OrderRejection, Rejected, StockRejection, TakenBefore } from '#domain';
import { OrderContacts } from '#people';
import { done, step, type KeyReused, type UseCaseContext, type UseCaseOutcome, type Write } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { GiveBacks, type WantedReturn } from '../stock/give-backs.ts';
import { canBeReturned, OrderReturns } from './order-returns.ts';
import { OrderRunner } from './order-runner.ts';
import { Orders } from './orders.ts';
import type { OrderDetails } from './place-order.ts';

type Rejection = OrderRejection | KeyReused;
type Outcome = UseCaseOutcome<OrderDetails, Rejection>;

export interface ReturnedLine {
  /** Id or number of an item of the order. */
  readonly id: string;
  /** All of it that was not given back yet, unless given. */
  readonly quantity?: number | undefined;
}

export interface ReturnedLines {
  /** All lines of the order, unless given. */
  readonly lines?: readonly ReturnedLine[] | undefined;
  readonly reason: string | null;
}

/** What is given back to one stock of the order. */
interface Part {
  readonly itemId: ItemId;
  readonly taken: TakenBefore;
  readonly wanted: WantedReturn;
}

/** Gives back what an order has delivered, or some of it. Each stock is a stream of its own, written one after the other. */
export class ReturnOrder extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly returned: ReturnedLines,
  ) {
    super();
  }
}

@CommandHandler(ReturnOrder)
export class ReturnOrderHandler implements ICommandHandler<ReturnOrder> {
  constructor(
    private readonly orders: Orders,
    private readonly runner: OrderRunner,
    private readonly items: Items,
    private readonly giveBacks: GiveBacks,
    private readonly contacts: OrderContacts,
    private readonly returns: OrderReturns,
  ) {}

  async execute({ context, id, returned }: ReturnOrder): Promise<Outcome> {
    const found = await this.orders.find(id, context);
    if (isRejected(found)) return found;
    if (!canBeReturned(found)) return reject({ code: 'ORDER_STATE', from: found.status, to: 'returned' });
    // Its stocks take what is shipped first: without this, a return would be rejected for good that only came too early.
    const { order, failure } = await this.runner.run(found, context);
    if (failure instanceof Error) throw failure;
    const parts = await this.#partsOf(order, returned);
    if (isRejected(parts)) return parts;
    const writes = await this.#giveBack(parts, returned.lines === undefined, context);
    if (isRejected(writes)) return writes;
    const [contact = null, now] = await Promise.all([this.contacts.find(order.orderId), this.returns.of(order)]);
    return done({ order, contact, returned: now }, ...writes);
  }

  async #partsOf(
    order: KnownOrder,
    { lines, reason }: ReturnedLines,
  ): Promise<readonly Part[] | Rejected<OrderRejection>> {
    const { orderId: sourceId, customerId, submittedAt: takenAt } = order;
    const takenQuantities = new Map(claimsOf(order).map(({ itemId, quantity }) => [itemId, quantity]));
    const partOf = (itemId: ItemId, takenQuantity: number, quantity: number | undefined): Part => ({
      itemId,
      taken: { source: 'order', sourceId, customerId, takenQuantity, takenAt, ...labelled(order) },
      wanted: { ...(quantity === undefined ? {} : { quantity }), reason },
    });
    if (lines === undefined) return Array.from(takenQuantities, ([itemId, taken]) => partOf(itemId, taken, undefined));
    const quantities = new Map<ItemId, number | undefined>();
    for (const { id, quantity } of lines) {
      const item = await this.items.idOf(id);
      if (isRejected(item) || !takenQuantities.has(item.id)) return reject({ code: 'ITEM_UNKNOWN', itemId: id });
      const before = quantities.has(item.id) ? quantities.get(item.id) : 0;
      quantities.set(item.id, before === undefined || quantity === undefined ? undefined : before + quantity);
    }
    return Array.from(quantities, ([itemId, quantity]) => partOf(itemId, takenQuantities.get(itemId) ?? 0, quantity));
  }

  /**
   * What is rejected has given back nothing: what a stock does not seem to take is tried first, since it may be what an
   * earlier attempt of this request has recorded. Without lines, what is left of the order is given back.
   */
  async #giveBack(
    parts: readonly Part[],
    isWhatIsLeft: boolean,
    context: UseCaseContext,
  ): Promise<readonly Write[] | Rejected<Rejection>> {
    const seeming = await Promise.all(
      parts.map(async (part) => {
        const rejected = await this.giveBacks.rejectionOf(itemStock(part.itemId), part.taken, part.wanted, context);
        return { part, seemsRejected: rejected !== undefined };
      }),
    );
    const inTurn = seeming.toSorted((one, other) => Number(other.seemsRejected) - Number(one.seemsRejected));
    const writes: Write[] = [];
    let nothingLeft: Rejected<OrderRejection> | undefined;
    for (const { part } of inTurn) {
      const { itemId, taken, wanted } = part;
      const back = await this.giveBacks.record(itemStock(itemId), taken, wanted, step(context, `return ${itemId}`));
      if (!isRejected(back)) {
        writes.push(back.write);
        continue;
      }
      const { rejection } = back;
      if (rejection.code === 'KEY_REUSED') return { rejection };
      nothingLeft = reject({ ...rejection, itemId });
      if (!isWhatIsLeft || !isNothingLeft(rejection)) return nothingLeft;
    }
    return writes.length === 0 && nothingLeft !== undefined ? nothingLeft : writes;
  }
}

function isNothingLeft(rejection: StockRejection): boolean {
  return rejection.code === 'MORE_THAN_TAKEN' && rejection.outstanding === 0;
}

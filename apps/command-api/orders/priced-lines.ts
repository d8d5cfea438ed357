import { claimsOf, isRejected, itemStock, notPlacedBecause, reject, reserve, stockStream, sumsOf } from '#domain';
import type {
  CustomerId,
  ItemId,
  NotPlaced,
  OrderClaim,
  OrderId,
  OrderLine,
  OrderRejection,
  Rejected,
  ShippingRates,
} from '#domain';
import type { HoldIds } from '#ids';
import type { Items } from '../catalog/items.ts';
import type { Stocks } from '../stock/stocks.ts';

export interface WantedLine {
  /** Id or number of an item. */
  readonly id: string;
  readonly quantity: number;
  /** The customer’s own hold on that item, from which the line is taken. */
  readonly holdId?: string | undefined;
}

/** The lines of an order, with the names and prices of the moment. */
export class PricedLines {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
    private readonly holdIds: HoldIds,
  ) {}

  async of(wanted: readonly WantedLine[]): Promise<readonly OrderLine[] | Rejected<NotPlaced>> {
    const lines: OrderLine[] = [];
    for (const line of await Promise.all(wanted.map((each) => this.#line(each)))) {
      if (isRejected(line)) return line;
      lines.push(line);
    }
    return lines;
  }

  /** Whether these are the lines that were asked for, whatever has become of their items. */
  async areOf(wanted: readonly WantedLine[], lines: readonly OrderLine[]): Promise<boolean> {
    if (wanted.length !== lines.length) return false;
    const same = await Promise.all(lines.map((line, index) => this.#isOf(wanted[index] as WantedLine, line)));
    return same.every(Boolean);
  }

  async #isOf(wanted: WantedLine, line: OrderLine): Promise<boolean> {
    const holdId = wanted.holdId === undefined ? null : this.holdIds.read(wanted.holdId)?.holdId;
    if (wanted.quantity !== line.quantity || holdId !== line.holdId) return false;
    if (wanted.id === line.itemId) return true;
    // Named by its number.
    const found = await this.items.find(wanted.id);
    return !isRejected(found) && found.id === line.itemId;
  }

  /**
   * Why the order would be rejected now; undefined if it would not. Asked before it is submitted: then an order that
   * comes when everything is sold leaves no trace, and takes nothing from others while it is rejected.
   */
  async whyNotNow(order: {
    readonly orderId: OrderId;
    readonly customerId: CustomerId;
    readonly lines: readonly OrderLine[];
    readonly shipping: ShippingRates | null;
  }): Promise<Rejected<NotPlaced> | undefined> {
    const sums = sumsOf(order);
    if (isRejected(sums)) return sums;
    const rejections = await Promise.all(claimsOf(order).map((claim) => this.#whyNotReserved(claim, order)));
    return rejections.find((rejected) => rejected !== undefined);
  }

  async #whyNotReserved(
    claim: OrderClaim,
    order: { readonly orderId: OrderId; readonly customerId: CustomerId },
  ): Promise<Rejected<NotPlaced> | undefined> {
    const stock = this.stocks.of(itemStock(claim.itemId));
    const rejected = await stock.likelyRejectionOf(reserve(claim, { ...order, submittedAt: Date.now() }));
    return rejected && reject(notPlacedBecause(claim.itemId, rejected.rejection));
  }

  async #line({ id, quantity, holdId }: WantedLine): Promise<OrderLine | Rejected<NotPlaced>> {
    const found = await this.items.find(id);
    // An open hold on an item lives on when the item is discontinued.
    if (isRejected(found) || (found.item.status === 'discontinued' && holdId === undefined)) {
      return reject({ code: 'ITEM_UNKNOWN', itemId: id });
    }
    const { name, price, thumbnail } = found.item.facts;
    const hold = holdId === undefined ? { holdId: null } : this.#holdOn(found.id, holdId);
    if (isRejected(hold)) return hold;
    return { itemId: found.id, name, price, quantity, thumbnail, ...hold };
  }

  #holdOn(itemId: ItemId, id: string): Pick<OrderLine, 'holdId'> | Rejected<NotPlaced> {
    const reference = this.holdIds.read(id);
    const isOnItem = reference !== undefined && stockStream(reference.stock) === stockStream(itemStock(itemId));
    return isOnItem ? { holdId: reference.holdId } : reject({ code: 'HOLD_NOT_FOUND', holdId: id, itemId });
  }
}

/** Clients know a hold by another id than events do, unless it is an id that they made up. */
export function asClientsKnowIt(rejection: OrderRejection, holdIds: HoldIds): OrderRejection {
  if (!('holdId' in rejection) || !('itemId' in rejection) || !holdIds.isOfEvents(rejection.holdId)) return rejection;
  return { ...rejection, holdId: holdIds.idOf({ holdId: rejection.holdId, stock: itemStock(rejection.itemId) }) };
}

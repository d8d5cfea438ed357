import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { CommandRuntime, Numbers, OrderNumbers, PurchaseReservations } from '#commands';
import { isRejected, itemStock, stockAggregate, type ItemId, type KnownOrder, type Order, type Stock } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { HoldIds, madeId } from '#ids';
import { OrderContacts } from '#people';
import type { Pool } from '#platform';
import { ReturnQueries } from '#read-models';
import { systemContext, type UseCaseContext } from '#use-cases';
import { Items } from '../../../apps/command-api/catalog/items.ts';
import { CancelOrder, CancelOrderHandler } from '../../../apps/command-api/orders/cancel-order.ts';
import { ChangeOrderStatus, ChangeOrderStatusHandler } from '../../../apps/command-api/orders/change-order-status.ts';
import type { NextStatus } from '../../../apps/command-api/orders/change-order-status.ts';
import { FinishOrder, FinishOrderHandler } from '../../../apps/command-api/orders/finish-order.ts';
import { OrderChanges } from '../../../apps/command-api/orders/order-changes.ts';
import { OrderReturns } from '../../../apps/command-api/orders/order-returns.ts';
import { OrderRunner } from '../../../apps/command-api/orders/order-runner.ts';
import { OrderTerms } from '../../../apps/command-api/orders/order-terms.ts';
import { Orders } from '../../../apps/command-api/orders/orders.ts';
import { PayOrder, PayOrderHandler } from '../../../apps/command-api/orders/pay-order.ts';
import { PlaceOrder, PlaceOrderHandler } from '../../../apps/command-api/orders/place-order.ts';
import { PricedLines, type WantedLine } from '../../../apps/command-api/orders/priced-lines.ts';
import { PurchaseLimits } from '../../../apps/command-api/stock/purchase-limits.ts';
import { Stocks } from '../../../apps/command-api/stock/stocks.ts';
import { metrics } from '../metrics.ts';

export const customer = 'user_ann';
const terms = new OrderTerms({
  shippingFreeFrom: 1000,
  shippingFee: 60,
  orderPaymentMinutes: 0,
  orderTimeZone: 'Asia/Taipei',
});
const log = pino({ level: 'silent' });
const holdIds = new HoldIds('Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba');
export const contact = {
  recipientName: '王小明',
  recipientPhone: '0912345678',
  city: '台北市',
  district: '信義區',
  address: '市府路1號',
  postalCode: '110',
};

export function requestOf(patienceMs: number, commandId = randomUUID() as string): UseCaseContext {
  const deadline = Date.now() + patienceMs;
  return { commandId, correlationId: 'c', userId: customer, role: 'customer', isRepeatable: true, deadline };
}

export function orderOf({ commandId }: UseCaseContext): string {
  return madeId('order', commandId);
}

/** What of one command-api has to do with orders. */
export class Shop {
  readonly orders: Orders;
  readonly stocks: Stocks;
  readonly #items: Items;
  readonly #placing: PlaceOrderHandler;
  readonly #cancelling: CancelOrderHandler;
  readonly #changing: ChangeOrderStatusHandler;
  readonly #paying: PayOrderHandler;
  readonly #finishing: FinishOrderHandler;

  constructor(store: EventStore, pool: Pool) {
    const runtime = new CommandRuntime({ store, metrics });
    this.#items = new Items(runtime, new Numbers(pool));
    this.stocks = new Stocks(runtime);
    this.orders = new Orders(runtime);
    const limits = new PurchaseLimits(new PurchaseReservations(pool), this.stocks, store, log);
    const runner = new OrderRunner(this.orders, this.stocks, limits, log);
    const contacts = new OrderContacts(pool);
    const returns = new OrderReturns(this.stocks, new ReturnQueries(pool));
    const changes = new OrderChanges(this.orders, contacts, runner, returns);
    const lines = new PricedLines(this.#items, this.stocks, holdIds);
    const numbers = new OrderNumbers(pool);
    this.#placing = new PlaceOrderHandler(this.orders, lines, terms, numbers, contacts, runner, holdIds);
    this.#cancelling = new CancelOrderHandler(this.orders, changes);
    this.#changing = new ChangeOrderStatusHandler(this.orders, changes);
    this.#paying = new PayOrderHandler(this.orders, changes);
    this.#finishing = new FinishOrderHandler(this.orders, runner);
  }

  /** An item with this many units. */
  async stock(itemId: ItemId, quantity: number): Promise<void> {
    const context = systemContext(10_000);
    await this.#items.of(itemId).execute({ type: 'CreateItem', itemId, number: 1, name: itemId, price: 100 }, context);
    await this.provide(itemId, quantity);
  }

  async provide(itemId: ItemId, quantity: number): Promise<void> {
    const provide = { type: 'Provide', quantity, provideId: null } as const;
    await this.stocks.of(itemStock(itemId)).execute(provide, systemContext(10_000));
  }

  /** From now on this process knows the stock as it is now. */
  async see(itemId: ItemId): Promise<void> {
    await this.stocks.of(itemStock(itemId)).execute({ type: 'Reinstate' }, systemContext(10_000));
  }

  /** A hold of the customer, by the id that clients know. */
  async hold(itemId: ItemId, quantity: number, ttlMs = 600_000): Promise<string> {
    const { id, holdId } = holdIds.make(itemStock(itemId), Date.now());
    const hold = { type: 'Hold', holdId, customerId: customer, quantity, ttlMs } as const;
    await this.stocks.of(itemStock(itemId)).execute(hold, systemContext(10_000));
    return id;
  }

  async purchase(itemId: ItemId, quantity: number): Promise<void> {
    const purchase = { type: 'Purchase', purchaseId: randomUUID(), customerId: 'bob', quantity } as const;
    await this.stocks.of(itemStock(itemId)).execute(purchase, systemContext(10_000));
  }

  place(lines: readonly WantedLine[], context: UseCaseContext, sentTo = contact) {
    const delivery = { contact: sentTo, paymentMethod: 'atm' } as const;
    return this.#placing.execute(new PlaceOrder(context, { lines, delivery }));
  }

  cancel(id: string, context: UseCaseContext) {
    return this.#cancelling.execute(new CancelOrder(context, id));
  }

  change(id: string, to: NextStatus, context: UseCaseContext) {
    return this.#changing.execute(new ChangeOrderStatus({ ...context, role: 'staff' }, id, to));
  }

  pay(id: string, reference: string, context: UseCaseContext) {
    return this.#paying.execute(new PayOrder({ ...context, role: 'staff' }, id, reference));
  }

  finish(id: string, patienceMs: number) {
    return this.#finishing.execute(new FinishOrder(systemContext(patienceMs), id));
  }

  order(id: string): Promise<Order> {
    return this.orders.of(id).read();
  }

  async known(id: string): Promise<KnownOrder> {
    const order = await this.orders.known(id);
    if (isRejected(order)) throw new Error(`${id} is not known`);
    return order;
  }

  ofItem(itemId: ItemId): Promise<Stock> {
    return this.stocks.of(itemStock(itemId)).read();
  }
}

/** How often an event of this type is in the stream of the item’s stock, for this order, with units. */
export async function timesRecorded(
  store: EventStore,
  itemId: ItemId,
  orderId: string,
): Promise<Readonly<Record<string, number>>> {
  const times: Record<string, number> = {};
  const stream = stockAggregate.streamOf(itemStock(itemId));
  for (const recorded of await store.readStream(stream, { limit: 1000 })) {
    const event = codecOf(stockAggregate).decode(recorded);
    if (!('orderId' in event) || event.orderId !== orderId || event.quantity === 0) continue;
    times[event.type] = (times[event.type] ?? 0) + 1;
  }
  return times;
}

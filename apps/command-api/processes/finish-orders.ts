import { isRejected, type OrderId } from '#domain';
import { WorkList, type Process } from '#processes';
import type { UnfinishedOrders } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';
import { FinishOrder } from '../orders/finish-order.ts';

const atOnceMax = 16;
const commandTimeoutMs = 5000;
const roundMsMaxDefault = 10_000;
// Whoever placed or changed the order goes on with it at once: this process does what was left.
const leftAfterMs = 1000;

/**
 * Goes on with orders where a process stopped or a server was away, and cancels those that are not paid in time. The list
 * may lag behind: of an order that is finished already nothing is left to do.
 */
export class FinishOrders implements Process {
  readonly name = 'finish-orders';
  readonly waitsFor = 'the orders that may be unfinished';
  readonly everyMs = 250;
  readonly #useCases: UseCases;
  readonly #unfinished: UnfinishedOrders;
  readonly #roundMsMax: number;
  readonly #orders = new WorkList<OrderId>({ atOnceMax, nameOf: (orderId) => orderId });

  constructor(useCases: UseCases, unfinished: UnfinishedOrders, roundMsMax = roundMsMaxDefault) {
    this.#useCases = useCases;
    this.#unfinished = unfinished;
    this.#roundMsMax = roundMsMax;
  }

  async assertThere(): Promise<void> {
    await this.#unfinished.assertThere();
  }

  async round(stopping: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.#roundMsMax)]);
    const now = Date.now();
    const orders = await this.#unfinished.list(new Date(now - leftAfterMs), new Date(now));
    await this.#orders.each(orders, 'orders that were not finished', (orderId) => this.#finish(orderId), signal);
  }

  async #finish(orderId: OrderId): Promise<void> {
    const finished = await this.#useCases.execute(new FinishOrder(systemContext(commandTimeoutMs), orderId));
    if (isRejected(finished)) throw new Error(`the event store has no order ${orderId}`);
  }
}

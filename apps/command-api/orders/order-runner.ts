import { commandIdOf, NotInTime } from '#commands';
import { advance, begin, isRejected, nextTasks, stockStream } from '#domain';
import type { KnownOrder, OrderCommand, OrderProgress, OrderProgressEvent, OrderTask, StockId } from '#domain';
import type { Logger } from '#platform';
import { carryOut, type CarriedOut, type StreamContext, type Write } from '#use-cases';
import type { PurchaseLimits } from '../stock/purchase-limits.ts';
import type { Stocks } from '../stock/stocks.ts';
import type { Orders } from './orders.ts';

/** How far an order has come, and what was recorded on the way; `failure` says why it still awaits something. */
export interface OrderRun extends CarriedOut {
  readonly order: KnownOrder;
  readonly writes: readonly Write[];
}

/**
 * Carries out what an order awaits: sends its commands to its stocks, and records on the order what they answered. Any
 * number of processes may do that for the same order at the same time: each command is the same whoever sends it.
 */
export class OrderRunner {
  constructor(
    private readonly orders: Orders,
    private readonly stocks: Stocks,
    private readonly limits: PurchaseLimits,
    private readonly log: Logger,
  ) {}

  /** Goes on until nothing is left to do, a command fails, or the deadline is near: `finish-orders` does the rest. */
  async run(order: KnownOrder, context: StreamContext): Promise<OrderRun> {
    const writes: Write[] = [];
    const progress = { now: begin(order) };
    const { failure, settled } = await carryOut(
      (deadline) => this.#carryOut(progress, { ...context, deadline }, writes),
      context.deadline,
    );
    if (failure !== undefined) {
      const { orderId } = order;
      this.log.warn({ err: failure, orderId }, 'an order is not finished yet; finish-orders goes on with it');
    }
    return { order: progress.now.order, writes: [...writes], settled, failure };
  }

  async #carryOut(progress: { now: OrderProgress }, context: StreamContext, writes: Write[]): Promise<void> {
    const { order } = progress.now;
    let tasks = nextTasks({ type: 'OrderRead', order, at: Date.now() }, progress.now);
    while (tasks.length > 0) {
      const current = progress.now.order;
      const events = await allOf(tasks.map((task) => this.#send(task, current, context, writes)));
      tasks = events.flatMap((event) => {
        progress.now = advance(progress.now, event);
        return nextTasks({ ...event, at: Date.now() }, progress.now);
      });
    }
  }

  async #send(
    task: OrderTask,
    order: KnownOrder,
    context: StreamContext,
    writes: Write[],
  ): Promise<OrderProgressEvent> {
    if (task.to === 'order') return this.#record(task.command, order, context, writes);
    const { itemId, stock, command } = task;
    const ofStock = ofOrder(order, `${command.type} ${nameOf(stock)}`, context);
    const stream = this.stocks.of(stock);
    const answer =
      command.type === 'ReserveForOrder'
        ? await this.limits.within(stock, command, ofStock, (counted) => stream.execute(counted, ofStock))
        : await stream.execute(command, ofStock);
    if (!isRejected(answer)) {
      if (answer.write !== undefined) writes.push(answer.write);
      return { type: 'StockAnswered', itemId };
    }
    const { rejection } = answer;
    // Of no weight for the order: it is asked again.
    if (rejection.code === 'NOT_RECORDED_IN_TIME') throw new NotInTime(`${command.type} came too late`);
    if (order.awaits === 'reservation') return { type: 'StockAnswered', itemId, rejection };
    throw new Error(`${nameOf(stock)} rejected ${command.type} of ${order.orderId}: ${rejection.code}`);
  }

  async #record(
    command: OrderCommand,
    order: KnownOrder,
    context: StreamContext,
    writes: Write[],
  ): Promise<OrderProgressEvent> {
    const stream = this.orders.of(order.orderId);
    // Nobody asked for this one: whoever is served by chance when the payment is due does not cancel the order.
    const actor = command.type === 'CancelUnpaidOrder' ? { userId: null } : {};
    const answer = await stream.execute(command, { ...ofOrder(order, command.type, context), ...actor });
    if (isRejected(answer)) throw new Error(`${stream.name} rejected ${command.type}: ${answer.rejection.code}`);
    if (answer.write !== undefined) writes.push(answer.write);
    return { type: 'OrderRead', order: await this.orders.after(order, answer) };
  }
}

/** The same command for every process that sends it: an order asks each of its stocks for each thing once. */
function ofOrder({ orderId }: KnownOrder, name: string, context: StreamContext): StreamContext {
  return { ...context, commandId: commandIdOf(orderId, name) };
}

function nameOf(stock: StockId): string {
  return stockStream(stock);
}

/** Waits for all also when one fails, so that nothing goes on unseen. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

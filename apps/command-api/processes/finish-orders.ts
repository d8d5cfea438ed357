import { isRejected, type OrderId } from '#domain';
import type { Process } from '#processes';
import type { UnfinishedOrders } from '#read-models';
import { systemContext, type UseCases } from '#use-cases';
import { FinishOrder } from '../orders/finish-order.ts';

const atOnceMax = 16;
const commandTimeoutMs = 5000;
const roundMsMax = 10_000;
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

  constructor(useCases: UseCases, unfinished: UnfinishedOrders) {
    this.#useCases = useCases;
    this.#unfinished = unfinished;
  }

  async assertThere(): Promise<void> {
    await this.#unfinished.assertThere();
  }

  /** Orders whose command fails keep no other order waiting. */
  async round(stopping: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(roundMsMax)]);
    const now = Date.now();
    const waiting = (await this.#unfinished.list(new Date(now - leftAfterMs), new Date(now))).values();
    const failures: unknown[] = [];
    await Promise.all(Array.from({ length: atOnceMax }, () => this.#finishEach(waiting, failures, signal)));
    if (failures.length > 0) throw notFinished(failures);
  }

  async #finishEach(orders: Iterator<OrderId, undefined>, failures: unknown[], signal: AbortSignal): Promise<void> {
    for (let next = orders.next(); next.done !== true; next = orders.next()) {
      if (signal.aborted) return;
      try {
        const finished = await this.#useCases.execute(new FinishOrder(systemContext(commandTimeoutMs), next.value));
        if (isRejected(finished)) failures.push(new Error(`the event store has no order ${next.value}`));
      } catch (error) {
        failures.push(error);
      }
    }
  }
}

function notFinished(failures: readonly unknown[]): Error {
  const [cause] = failures;
  const first = cause instanceof Error ? cause.message : String(cause);
  return new Error(`orders that were not finished: ${failures.length}; the first because of: ${first}`, { cause });
}

import type { LoadAnswer } from '../http/clients.ts';
import { perform } from '../projections/perform.ts';
import type { OrdersTask } from './load.ts';
import { connections } from './pace.ts';

/** A running service that takes orders. */
export interface Contender {
  readonly title: string;
  readonly url: string;
  /** The number of recorded orders. Throws if any unit is sold twice or lost. */
  readonly recorded: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export type Load = Pick<OrdersTask, 'itemsCount' | 'warmUpMs' | 'measureMs' | 'turnsPerSecond'> & {
  readonly cancels?: boolean;
};

/** Lets clients order, and compares what they were answered with what is recorded. */
export async function takeOrders(
  { title, url, recorded }: Contender,
  tokens: readonly string[],
  { cancels = false, ...load }: Load,
): Promise<LoadAnswer> {
  const before = await recorded();
  const task: OrdersTask = { ...load, cancels, url, services: [url], tokens, connections };
  const answer = await perform<LoadAnswer>('orders-load.ts', task);
  const made = (await recorded()) - before;
  if (made !== answer.createdInAll) {
    throw new Error(`${title} has recorded ${made} orders, and acknowledged ${answer.createdInAll}`);
  }
  return answer;
}

import { runClients, type ClientsTask, type LoadAnswer } from '../http/clients.ts';
import { delivery, linesOf } from './order.ts';
import { itemNames } from './stocks.ts';

export interface OrdersTask extends ClientsTask {
  /** Lines are of the first items, at random. */
  readonly itemsCount: number;
  /** Whether each order is cancelled immediately; then only that is counted. */
  readonly cancels: boolean;
}

export async function loadOrders(task: OrdersTask): Promise<LoadAnswer> {
  const names = itemNames.slice(0, task.itemsCount);
  return runClients(task, async (send) => {
    const body = { items: linesOf(names), ...delivery };
    const placed = await send({ method: 'POST', path: '/orders', body, isCounted: !task.cancels });
    if (!task.cancels || placed.status !== 201) return;
    await send({ method: 'POST', path: `/orders/${(JSON.parse(placed.body) as { id: string }).id}/cancel` });
  });
}

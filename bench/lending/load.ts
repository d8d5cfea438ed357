import { runClients, type ClientsTask, type LoadAnswer } from '../http/clients.ts';
import { acceptancesEach } from './pace.ts';

export type Work =
  /** `returns`: whether each lend is returned immediately. */
  | { readonly type: 'lend'; readonly item: string; readonly inventoryId: number; readonly returns: boolean }
  /** One request after the other, since each takes only so many acceptances. */
  | { readonly type: 'accept'; readonly requests: readonly number[] };

export interface LendingTask extends ClientsTask {
  readonly work: Work;
}

export async function loadLending({ work, ...task }: LendingTask): Promise<LoadAnswer> {
  if (work.type === 'accept') {
    let asked = 0;
    return runClients(task, async (send) => {
      const request = work.requests[Math.floor(asked++ / acceptancesEach)];
      if (request === undefined) throw new Error('all requests have as many acceptances as they take');
      await send({ method: 'POST', path: '/request-accepters', body: { request_id: request, qty: 1 } });
    });
  }
  const body = { item_id: work.item, qty: 1, from_inventory_id: work.inventoryId };
  return runClients(task, async (send) => {
    const lent = await send({ method: 'POST', path: '/lends', body });
    if (!work.returns || lent.status !== 201) return;
    await send({ method: 'PUT', path: `/lends/${(JSON.parse(lent.body) as { lend_id: number }).lend_id}/return` });
  });
}

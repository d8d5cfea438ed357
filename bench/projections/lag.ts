import { connectEventStore } from '#event-store/connect';
import { createPool, type Pool } from '#platform';
import { CheckpointWatch, viewOf } from '#projections';
import { availabilityProjection } from '#read-models';
import { patienceMs, sellAtConstantRate } from './constant-rate.ts';
import { itemsCount } from './history.ts';
import type { Lag, Task } from './tasks.ts';

/** For one in this many commands, the row is also looked up. */
const lookedUpEvery = 50;

/** Measures when the rows of purchases become visible. */
export async function measureLag(task: Extract<Task, { kind: 'lag' }>): Promise<Lag> {
  const pool = createPool({ url: task.postgres, connectionsMax: 2, name: 'bench' });
  const store = await connectEventStore(task.postgres);
  const watch = new CheckpointWatch(task.postgres, pool);
  let [seen, rowsLooked] = [0, 0];
  try {
    const lag = await sellAtConstantRate({
      ...task,
      store,
      itemsCount,
      sight: () => (position) => watch.reached(availabilityProjection, position, patienceMs),
      afterwards: async (stream, purchaseId) => {
        if (++seen % lookedUpEvery !== 0) return;
        await expectSold(pool, stream, purchaseId);
        rowsLooked += 1;
      },
    });
    return { ...lag, rowsLooked };
  } finally {
    await watch.close();
    await Promise.all([store.close(), pool.end()]);
  }
}

/** The row is at least as new as the stream's events up to this purchase. */
async function expectSold(pool: Pool, stream: string, purchaseId: string): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select a.revision >= e.revision as there from events e join ${viewOf(availabilityProjection)} a on a.stock = e.stream
     where e.stream = $1 and e.data like '%' || $2 || '%'`,
    [stream, purchaseId],
  );
  if (rows[0]?.there !== true) throw new Error(`${stream} was told to be visible, and is not`);
}

import { connectEventStore } from '#event-store/connect';
import { createPool } from '#platform';
import { rebuild } from '#projections';
import { readModels } from '#read-models';
import type { Paced, Task } from './tasks.ts';

/** Like `holdfast projections rebuild`: one after the other, beside the live generation. */
export async function rebuildAll({
  postgres,
  models,
  stockEvents,
}: Extract<Task, { kind: 'rebuild' }>): Promise<Omit<Paced, 'peakMb'>> {
  const pool = createPool({ url: postgres, connectionsMax: 4, name: 'bench' });
  const store = await connectEventStore(postgres);
  const signal = new AbortController().signal;
  let events = 0;
  const began = performance.now();
  for (const { projection } of readModels.filter((model) => models.includes(model.projection.name))) {
    await rebuild({ pool, store, projection, signal, onProgress: () => undefined });
    events += stockEvents;
  }
  const seconds = (performance.now() - began) / 1000;
  await Promise.all([store.close(), pool.end()]);
  return { events, seconds };
}

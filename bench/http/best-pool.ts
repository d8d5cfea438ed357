import type { LoadAnswer } from './clients.ts';

/** The pool size with which a rival answers most requests; nothing is measured when there is no choice. */
export async function bestPool<Rival extends { readonly stop: () => Promise<void> }>(
  sizes: readonly [number, ...number[]],
  open: (pool: number) => Promise<Rival>,
  ask: (rival: Rival) => Promise<LoadAnswer>,
): Promise<number> {
  let best = { pool: sizes[0], perSecond: 0 };
  if (sizes.length === 1) return best.pool;
  for (const pool of sizes) {
    const rival = await open(pool);
    const { requests, seconds } = await ask(rival);
    await rival.stop();
    const perSecond = requests / seconds;
    if (perSecond > best.perSecond) best = { pool, perSecond };
  }
  return best.pool;
}

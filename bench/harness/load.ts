import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Contender } from './contender.ts';
import { Tally } from './tally.ts';

export interface Load {
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

const customersCount = 1000;
/** Time limit for the last purchases after the clock has stopped. */
const stragglersMsMax = 1500;

export interface LoadResult {
  readonly tally: Tally;
  /** Purchases abandoned in progress: it is unknown whether they are or will be recorded. */
  readonly abandoned: number;
}

/** Concurrent customers who each buy one unit after the other of random items. */
export function runLoad(contender: Contender, items: readonly string[], load: Load): Promise<LoadResult> {
  const customers = Array.from({ length: customersCount }, () => randomUUID());
  return runBuyers(
    () => contender.purchase({ id: randomUUID(), item: oneOf(items), customer: oneOf(customers) }),
    load,
  );
}

/** The clock starts after a warm-up and stops before the buyers do, so that start and end effects are excluded. */
export async function runBuyers(buy: () => Promise<'bought' | 'rejected'>, load: Load): Promise<LoadResult> {
  const tally = new Tally();
  const closing = new AbortController();
  let underWay = load.inFlight;
  const buyOnAndOn = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const began = performance.now();
      try {
        const answer = await buy();
        if (answer === 'bought') {
          tally.bought(performance.now() - began);
          continue;
        }
        tally.rejected();
      } catch (error) {
        tally.failed(error);
      }
      // Rejections may return synchronously in a loop; this lets timers run.
      await nextTurn();
    }
    underWay -= 1;
  };
  const buyers = Array.from({ length: load.inFlight }, buyOnAndOn);
  await pause(load.warmUpMs);
  tally.start();
  await pause(load.measureMs);
  tally.stop();
  closing.abort();
  await Promise.race([Promise.all(buyers), pause(stragglersMsMax)]);
  return { tally, abandoned: underWay };
}

function oneOf(all: readonly string[]): string {
  return all[Math.floor(Math.random() * all.length)] as string;
}

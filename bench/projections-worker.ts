import { answer } from './projections/answer.ts';
import { measureLag } from './projections/lag.ts';
import { rebuildAll } from './projections/rebuild-all.ts';
import { replay } from './projections/replay.ts';
import { replayByStatements } from './projections/replay-by-statements.ts';
import type { Paced, Task } from './projections/tasks.ts';

// One task in a process of its own, so that CPU and memory are its own too.
await answer(perform);

async function perform(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'lag':
      return measureLag(task);
    case 'replay':
      return timed(() => replay(task));
    case 'rebuild':
      return timed(() => rebuildAll(task));
    case 'transaction-per-event':
    case 'statement-per-event':
      return timed(() => replayByStatements(task));
  }
}

/** The work answers how many events it took, and how long. */
async function timed(work: () => Promise<Omit<Paced, 'peakMb'>>): Promise<Paced> {
  return { ...(await work()), peakMb: process.resourceUsage().maxRSS / 1024 };
}

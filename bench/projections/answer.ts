import { once } from 'node:events';
import type { Reply } from './tasks.ts';

/** Runs in a separate process: executes one task and returns its result. */
export async function answer<Task>(work: (task: Task) => Promise<unknown>): Promise<void> {
  const [task] = (await once(process, 'message')) as [Task];
  const reply: Reply = await work(task).then(
    (done) => ({ answer: done }),
    (error: unknown) => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  process.send?.(reply);
  process.disconnect();
}

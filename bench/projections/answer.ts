import { once } from 'node:events';
import type { Reply } from './tasks.ts';

/** In a process of its own: does the one task it is asked for, and says what came of it. */
export async function answer<Task>(work: (task: Task) => Promise<unknown>): Promise<void> {
  const [task] = (await once(process, 'message')) as [Task];
  const reply: Reply = await work(task).then(
    (done) => ({ answer: done }),
    (error: unknown) => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  process.send?.(reply);
  process.disconnect();
}

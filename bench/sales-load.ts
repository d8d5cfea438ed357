import { once } from 'node:events';
import { load, type LoadTask } from './http/load.ts';
import type { Reply } from './projections/tasks.ts';

// The clients, in a process of their own: the server's CPU is not theirs.
const [task] = (await once(process, 'message')) as [LoadTask];
const reply: Reply = await load(task).then(
  (answer) => ({ answer }),
  (error: unknown) => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);
process.send?.(reply);
process.disconnect();

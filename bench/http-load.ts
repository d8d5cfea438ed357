import { once } from 'node:events';
import { drive, type HttpTask } from './projections/http-drive.ts';
import type { Reply } from './projections/tasks.ts';

// The clients, in a process of their own: the server's CPU is not theirs.
const [task] = (await once(process, 'message')) as [HttpTask];
const reply: Reply = await drive(task).then(
  (answer) => ({ answer }),
  (error: unknown) => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);
process.send?.(reply);
process.disconnect();

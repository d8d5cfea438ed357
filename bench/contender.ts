import { Performer } from './harness/perform.ts';
import type { Reply, Task } from './harness/task.ts';

// One contender, in a process of its own, so that CPU and memory are its own too.
const performer = new Performer();

process.on('message', (task: Task) => {
  performer.perform(task).then(
    (answer) => reply({ answer }),
    (error: unknown) => reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => {
  void performer.close().finally(() => process.exit());
});
// Ctrl-C reaches the whole process group; the one that counts is the asker's, which then disconnects.
process.on('SIGINT', () => undefined);

function reply(message: Reply): void {
  process.send?.(message);
}

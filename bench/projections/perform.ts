import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bundled } from '../harness/bundled.ts';
import type { Reply } from './tasks.ts';

export interface Profiling {
  readonly folder: string;
  readonly name: string;
}

/** Executes a task in a separate process, which runs the sources as they are or built. */
export async function perform<Answer>(
  entry: string,
  task: object,
  { profiling, built = false }: { profiling?: Profiling | undefined; built?: boolean } = {},
): Promise<Answer> {
  const profile = profiling && [
    '--cpu-prof',
    `--cpu-prof-dir=${profiling.folder}`,
    `--cpu-prof-name=${profiling.name}`,
  ];
  const execArgv = [...(built ? [] : ['--conditions=source']), ...(profile ?? [])];
  const program = built ? await bundled(`bench/${entry}`) : join(import.meta.dirname, '..', entry);
  const child = fork(program, { execArgv });
  const answered = once(child, 'message') as Promise<[Reply]>;
  const exited = once(child, 'exit');
  child.send(task);
  const [reply] = await Promise.race([
    answered,
    exited.then(() => {
      throw new Error(`the process of ${entry} ended at its work`);
    }),
  ]);
  await exited;
  if ('failure' in reply) throw new Error(`${entry} failed: ${reply.failure}`);
  return reply.answer as Answer;
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Servers } from './contender.ts';

export interface MemoryAnswer {
  readonly streams: number;
  readonly writersKept: number;
  readonly writersMax: number;
  readonly rssMb: number;
  readonly peakMb: number;
  readonly perSecond: number;
}

export interface MemoryTask {
  readonly servers: Servers;
  readonly streams: number;
}

/** Measured in a separate process, so that only the memory of this scenario counts. */
export async function measureMemory(task: MemoryTask): Promise<MemoryAnswer> {
  // With the same Node options as in the image.
  const execArgv = ['--conditions=source', '--max-semi-space-size=16'];
  const child = fork(join(import.meta.dirname, '../memory.ts'), { execArgv });
  const answered = once(child, 'message') as Promise<[MemoryAnswer]>;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.send(task);
  const [code] = await exited;
  if (code !== 0) throw new Error('the memory scenario failed; its own lines say why');
  const [answer] = await answered;
  return answer;
}

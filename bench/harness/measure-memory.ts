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

/** Asks a process of its own: what it holds is what this leaves behind, and nothing else. */
export async function measureMemory(task: MemoryTask): Promise<MemoryAnswer> {
  // Started as the image starts command-api.
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

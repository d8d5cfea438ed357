import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ContenderKey } from '../contenders/contenders.ts';
import type { Answer, Reply, Task } from './task.ts';

const entry = join(import.meta.dirname, '../contender.ts');
const taskTimeoutMs = 120_000;

/** The process of a contender, as seen by its parent. */
export class ContenderProcess {
  readonly key: ContenderKey;
  readonly #child: ChildProcess;

  constructor(key: ContenderKey, profile: { readonly folder: string; readonly name: string } | undefined) {
    this.key = key;
    const profiling = profile && ['--cpu-prof', `--cpu-prof-dir=${profile.folder}`, `--cpu-prof-name=${profile.name}`];
    this.#child = fork(entry, { execArgv: ['--conditions=source', ...(profiling ?? [])] });
  }

  async perform(task: Task): Promise<Answer> {
    const patience = new AbortController();
    const signal = AbortSignal.any([patience.signal, AbortSignal.timeout(taskTimeoutMs)]);
    const answered = once(this.#child, 'message', { signal }) as Promise<[Reply]>;
    const ended = once(this.#child, 'exit', { signal }).then(() => {
      throw new Error(`the process of ${this.key} ended at its work`);
    });
    try {
      this.#child.send(task);
      const [reply] = await Promise.race([answered, ended]);
      if ('failure' in reply) throw new Error(`${this.key} failed: ${reply.failure}`);
      return reply.answer;
    } finally {
      patience.abort();
      await Promise.allSettled([answered, ended]);
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard } from './guard.ts';
import { openLog, readLog } from './log-file.ts';
import { send, type StopStep } from './stop-process.ts';

export interface ChildSpec {
  name: string;
  command: string;
  args: readonly string[];
  logFile: string;
  /** Signals to stop it, gentlest first; SIGKILL follows if all fail. */
  stopSteps: readonly [StopStep, ...StopStep[]];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number } | undefined;
}

export interface ReadyOptions {
  intervalMs?: number;
  signal?: AbortSignal | undefined;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const probeIntervalMsDefault = 20;
const lastLinesMax = 15;

/** A long-running program in its own process group, so that Ctrl-C of the terminal does not reach it directly. */
export class Child {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;
  readonly #spec: ChildSpec;
  readonly #logOffset: number;

  private constructor(spec: ChildSpec, pid: number, exited: Promise<Exit>, logOffset: number) {
    this.name = spec.name;
    this.pid = pid;
    this.#spec = spec;
    this.#logOffset = logOffset;
    this.exited = exited.then((exit) => (this.exit = exit));
  }

  static async start(spec: ChildSpec): Promise<Child> {
    const log = openLog(spec.logFile);
    try {
      const child = spawn(spec.command, spec.args, {
        cwd: spec.cwd,
        env: spec.env,
        ...spec.user,
        detached: true,
        stdio: ['ignore', log.descriptor, log.descriptor],
      });
      const exited = new Promise<Exit>((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }));
      });
      const pid = await new Promise<number>((resolve, reject) => {
        child.once('error', (error) => reject(new Error(`${spec.name} cannot start: ${error.message}`)));
        child.once('spawn', () => resolve(child.pid ?? 0));
      });
      const keeper = guard(pid, spec.stopSteps[0].signal);
      void exited.then(() => keeper.release());
      return new Child(spec, pid, exited, log.offset);
    } finally {
      closeSync(log.descriptor);
    }
  }

  /** The end of its log, for error messages. */
  lastLines(): string {
    return readLog(this.#spec.logFile, this.#logOffset).text.trimEnd().split('\n').slice(-lastLinesMax).join('\n');
  }

  /** Waits until the probe succeeds; a child that exits or times out is stopped and reported. */
  async untilReady(
    probe: () => Promise<boolean> | boolean,
    timeoutMs: number,
    { signal, intervalMs = probeIntervalMsDefault }: ReadyOptions = {},
  ): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await probe())) {
      const why = this.exit
        ? `exited at startup (${describeExit(this.exit)})`
        : Date.now() > deadline
          ? `was not ready after ${timeoutMs / 1000} s`
          : undefined;
      if (why === undefined && !signal?.aborted) {
        await sleep(intervalMs);
        continue;
      }
      const lines = this.lastLines();
      await this.stop();
      signal?.throwIfAborted();
      throw new Error(`${this.name} ${why}. Its last lines (${this.#spec.logFile}):\n${lines}`);
    }
  }

  async stop(): Promise<void> {
    for (const { signal, waitMs } of this.#spec.stopSteps) {
      if (this.exit) return;
      send(this.pid, signal);
      await this.#exitWithin(waitMs);
    }
    this.kill();
    await this.exited;
  }

  kill(): void {
    if (!this.exit) send(-this.pid, 'SIGKILL');
  }

  async #exitWithin(waitMs: number): Promise<void> {
    const timer = new AbortController();
    const tooLate = sleep(waitMs, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([this.exited, tooLate]);
    timer.abort();
  }
}

export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code}` : signal;
}

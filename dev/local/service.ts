import { setTimeout as sleep } from 'node:timers/promises';
import { Child, describeExit, type StopStep } from '#dev/servers';
import { watchLog } from './log-watch.ts';

export interface ServiceSpec {
  name: string;
  /** The folder of apps/ that it is built from. */
  app: string;
  url: string;
  command: readonly [string, ...string[]];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  stopTimeoutMs: number;
  /** Delay before a restart, doubled each time. */
  restartDelayMs: number;
  report: (line: string) => void;
  /** Called when it has exited too often and is not restarted any more. */
  givenUp: () => void;
}

const readyTimeoutMs = 60_000;
// Probes use processor time that the services need to start.
const probeIntervalMs = 100;
const probeTimeoutMs = 2_000;
const restartsMax = 5;
const restartsWindowMs = 60_000;

/** A service that is restarted after a growing delay when it exits. */
export class Service {
  readonly name: string;
  readonly app: string;
  readonly url: string;
  onRestarted: () => void = () => {};
  readonly #spec: ServiceSpec;
  readonly #stopping = new AbortController();
  #unwatch: () => void = () => {};
  #child: Child | undefined;
  #deaths: number[] = [];

  constructor(spec: ServiceSpec) {
    this.name = spec.name;
    this.app = spec.app;
    this.url = spec.url;
    this.#spec = spec;
  }

  get pid(): number | undefined {
    return this.#child?.exit ? undefined : this.#child?.pid;
  }

  /** Starts it and waits until it is ready; throws with its last lines on failure. */
  async start(signal?: AbortSignal): Promise<void> {
    const { name, command, cwd, env, logFile, stopTimeoutMs } = this.#spec;
    const [program, ...args] = command;
    const stopSteps: [StopStep] = [{ signal: 'SIGTERM', waitMs: stopTimeoutMs }];
    const child = await Child.start({ name, command: program, args, cwd, env, logFile, stopSteps });
    this.#child = child;
    const signals = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal;
    await child.untilReady(() => isReady(this.url), readyTimeoutMs, { intervalMs: probeIntervalMs, signal: signals });
    // Only from now on, because a starting service logs what it waits for.
    this.#unwatch = watchLog(logFile, (line) => this.#spec.report(`${name}: ${line}`));
    void child.exited.then(() => {
      this.#unwatch();
      return this.#revive(child);
    });
  }

  /** Stops and starts it. */
  async restart(): Promise<void> {
    const old = this.#child;
    this.#child = undefined;
    this.#deaths = [];
    await old?.stop();
    await this.start();
    this.onRestarted();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#child?.stop();
  }

  kill(): void {
    this.#stopping.abort();
    this.#child?.kill();
  }

  async #revive(dead: Child): Promise<void> {
    const { name, report, givenUp } = this.#spec;
    if (this.#stopping.signal.aborted || this.#child !== dead) return;
    report(
      `${name} exited unexpectedly (${dead.exit ? describeExit(dead.exit) : ''}). Its last lines:\n${dead.lastLines()}`,
    );
    const delay = this.#delayAfterDeath();
    if (delay === undefined) return givenUp();
    try {
      await sleep(delay, undefined, { signal: this.#stopping.signal });
      if (this.#child !== dead) return;
      await this.start();
      report(`${name} is running again.`);
      this.onRestarted();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      report(error instanceof Error ? error.message : String(error));
      if (this.#child) await this.#revive(this.#child);
    }
  }

  #delayAfterDeath(): number | undefined {
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < restartsWindowMs), now];
    const times = this.#deaths.length;
    return times > restartsMax ? undefined : this.#spec.restartDelayMs * 2 ** (times - 1);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(probeTimeoutMs) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

import { globSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Child, readLog } from '#dev/servers';
import { markUnbuilt } from './build.ts';
import type { Context } from './context.ts';
import { say } from './terminal.ts';

const pollMs = 100;
const firstCompilationTimeoutMs = 120_000;

/** The TypeScript compiler in watch mode, which emits only changed files to dist. */
export class Compiler {
  /** Called with the changed files under dist when all sources compile. */
  onCompiled: (changed: readonly string[]) => void = () => {};
  readonly #report: (line: string) => void;
  /** When the code that the services run was compiled; undefined before the first time. */
  #runningSince: Date | undefined;
  #broken = false;
  #end = 0;
  #said = '';
  #emittedUntil = 0;

  constructor(report: (line: string) => void = say) {
    this.#report = report;
  }

  /** Starts the compiler and waits for the first compilation. */
  async start({ root, options, signal, closing }: Context): Promise<void> {
    // Its output lacks what the real build adds to the OpenAPI documents, so `npm start` must build again.
    markUnbuilt(root);
    const logFile = join(options.state, 'logs', 'tsc.log');
    rmSync(logFile, { force: true });
    const tsc = join(root, 'node_modules', 'typescript7', 'bin', 'tsc');
    const child = await Child.start({
      name: 'tsc',
      command: process.execPath,
      args: [tsc, '--project', join(root, 'dev/local/tsconfig.dev.json'), '--watch', '--preserveWatchOutput'],
      cwd: root,
      logFile,
      stopSteps: [{ signal: 'SIGTERM', waitMs: 2_000 }],
    });
    let first = true;
    const timer = setInterval(() => {
      if (!this.#roundEnded(logFile)) return;
      const changed = this.#emitted(root);
      if (changed.length > 0) this.#runningSince = new Date();
      if (first) first = false;
      else if (changed.length > 0) this.onCompiled(changed);
      else if (this.#broken) this.#report('The sources compile again, to what the services are running.');
      this.#broken = false;
    }, pollMs);
    closing.add({ stop: async () => (clearInterval(timer), child.stop()), kill: () => child.kill() });
    await child.untilReady(() => !first, firstCompilationTimeoutMs, { signal });
  }

  // A round ends with "Found N errors. Watching for file changes."; the lines before it are the errors.
  #roundEnded(logFile: string): boolean {
    const { text, end } = readLog(logFile, this.#end);
    this.#end = end;
    this.#said += text;
    const ended = /Found (\d+) errors?\. Watching/.exec(this.#said);
    if (!ended) return false;
    if (ended[1] !== '0') this.#reportErrors(this.#said.trim());
    this.#said = '';
    return ended[1] === '0';
  }

  #reportErrors(errors: string): void {
    this.#broken = true;
    this.#report(errors);
    this.#report(
      this.#runningSince === undefined
        ? 'The sources do not compile; the services start when they do.'
        : `The sources do not compile: the services go on running the OLD code, compiled at ${timeOf(this.#runningSince)}.`,
    );
  }

  #emitted(root: string): string[] {
    const dist = join(root, 'dist');
    const times = globSync('{apps,libs}/**/*.js', { cwd: dist }).map((path) => ({
      path,
      at: statSync(join(dist, path)).mtimeMs,
    }));
    const before = this.#emittedUntil;
    this.#emittedUntil = Math.max(before, ...times.map(({ at }) => at));
    return times.filter(({ at }) => at > before).map(({ path }) => path);
  }
}

function timeOf(date: Date): string {
  return date.toTimeString().slice(0, 8);
}

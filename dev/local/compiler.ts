import { globSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Child, readLog } from '#dev/servers';
import { buildServices, markUnbuilt } from './build.ts';
import type { Context } from './context.ts';
import { say } from './terminal.ts';

const pollMs = 100;
const firstCompilationTimeoutMs = 120_000;

/** The TypeScript compiler in watch mode checks the sources; the services are built whenever they have no errors. */
export class Compiler {
  /** Called with the changed sources when they are built. */
  onCompiled: (changed: readonly string[]) => void = () => {};
  readonly #report: (line: string) => void;
  /** When the code that the services run was compiled; undefined before the first time. */
  #runningSince: Date | undefined;
  #broken = false;
  #end = 0;
  #said = '';
  /** The sources that were built, and when each was written. */
  #built = new Map<string, number>();

  constructor(report: (line: string) => void = say) {
    this.#report = report;
  }

  /** Starts the compiler and waits until the services are built for the first time. */
  async start(context: Context): Promise<void> {
    const { root, options, signal, closing } = context;
    // What is built from now on is not what the last `npm start` noted, so the next one must build again.
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
    let isBuilding = false;
    const timer = setInterval(() => {
      if (isBuilding || !this.#roundEnded(logFile)) return;
      isBuilding = true;
      this.#build(context)
        .catch((error: unknown) => {
          if (!signal.aborted) this.#reportErrors(error instanceof Error ? error.message : String(error));
        })
        .finally(() => (isBuilding = false));
    }, pollMs);
    closing.add({ stop: async () => (clearInterval(timer), child.stop()), kill: () => child.kill() });
    await child.untilReady(() => this.#runningSince !== undefined, firstCompilationTimeoutMs, { signal });
  }

  async #build(context: Context): Promise<void> {
    const before = this.#built;
    const sources = writtenAt(context.root);
    const changed = [...new Set([...before.keys(), ...sources.keys()])].filter(
      (path) => before.get(path) !== sources.get(path),
    );
    if (changed.length > 0) {
      await buildServices(context);
      const isFirst = this.#runningSince === undefined;
      this.#built = sources;
      this.#runningSince = new Date();
      if (!isFirst) this.onCompiled(changed);
    } else if (this.#broken) this.#report('The sources compile again, to what the services are running.');
    this.#broken = false;
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
}

function writtenAt(root: string): Map<string, number> {
  const paths = globSync('{apps,libs}/**/*.ts', { cwd: root, exclude: ['apps/console/**', '**/*.spec.ts'] });
  return new Map(paths.map((path) => [path, statSync(join(root, path)).mtimeMs]));
}

function timeOf(date: Date): string {
  return date.toTimeString().slice(0, 8);
}

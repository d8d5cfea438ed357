import { resolve } from 'node:path';
import { Closing } from './closing.ts';
import type { Context } from './context.ts';
import { help, optionsOf, rejectTakenByNpm, UsageError, type Options } from './options.ts';
import { onStopSignals } from './signals.ts';
import { startStack, type Hooks } from './stack.ts';
import { say } from './terminal.ts';

const usageExitCode = 2;
const forcedExitCode = 130;

/** Runs the local stack until it is stopped, and returns the exit code. */
export async function runLocal(args: readonly string[], hooks: Hooks): Promise<number> {
  let options: Options | undefined;
  try {
    rejectTakenByNpm(args, process.env);
    options = optionsOf(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nnpm start -- --help lists the options.`);
    return usageExitCode;
  }
  if (options) return runUntilStopped(options, hooks);
  say(help);
  return 0;
}

async function runUntilStopped(options: Options, hooks: Hooks): Promise<number> {
  const abort = new AbortController();
  const closing = new Closing();
  let failed = false;
  const fail = (why: string): void => {
    if (abort.signal.aborted) return;
    failed = true;
    console.error(why);
    abort.abort();
  };
  onStopSignals(
    () => {
      say('\nStopping …');
      abort.abort();
    },
    () => {
      say('Forcing the stop.');
      closing.kill();
      process.exit(forcedExitCode);
    },
  );
  const root = resolve(import.meta.dirname, '../..');
  const context: Context = { root, options, signal: abort.signal, closing, fail };
  try {
    await startStack(context, hooks);
    await aborted(abort.signal);
  } catch (error) {
    fail(describe(error));
  }
  await closing.stop((problem) => console.error(problem));
  if (!failed) say('Stopped.');
  return failed ? 1 : 0;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
}

// The message of our own errors is sufficient; any other error is a bug and needs its stack.
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' ? error.message : (error.stack ?? error.message);
}

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** The ids of all processes that we can inspect; none without /proc. */
function allProcesses(): number[] {
  return (attempt(() => readdirSync('/proc')) ?? []).filter((name) => /^\d+$/.test(name)).map(Number);
}

export function workingDirectoryOf(pid: number): string | undefined {
  return attempt(() => readlinkSync(`/proc/${pid}/cwd`));
}

export function commandOf(pid: number): string | undefined {
  return attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
}

export function titleOf(pid: number): string {
  return attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
}

export function environmentOf(pid: number): readonly string[] {
  return attempt(() => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')) ?? [];
}

/** Running processes that match a predicate. */
export function processesWith(test: (pid: number) => boolean): number[] {
  return allProcesses().filter((pid) => pid !== process.pid && test(pid));
}

/** Whether it is running; zombies are not. */
export function isRunning(pid: number): boolean {
  const stat = statusOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/** Whether its parent has exited, so that it was re-parented. */
export function isOrphan(pid: number): boolean {
  const parent = statusOf(pid)?.parent;
  if (parent === process.pid) return false;
  if (parent === undefined || parent <= 1) return true;
  const program = attempt(() => readlinkSync(`/proc/${parent}/exe`));
  return program === undefined || !basename(program).startsWith('node');
}

export function parentOf(pid: number): number | undefined {
  return statusOf(pid)?.parent;
}

function statusOf(pid: number): { state: string; parent: number } | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The preceding command name is in parentheses and may itself contain spaces and parentheses.
  const [state, parent] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined || parent === undefined ? undefined : { state, parent: Number(parent) };
}

// Processes may exit while they are inspected, and those of other users are not readable.
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

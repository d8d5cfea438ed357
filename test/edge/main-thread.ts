import { readFile } from 'node:fs/promises';

/**
 * The time that a process' event loop has had of a processor, in ms. Unlike time on a clock it does not grow while other
 * processes have the processor; and what the thread pool does, it leaves out.
 */
export async function mainThreadMs(pid: number): Promise<number> {
  const [nanoseconds] = (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ');
  return Number(nanoseconds) / 1e6;
}

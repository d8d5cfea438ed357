import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, type ChildSpec } from './child.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-child-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = (script: string, waitMs = 5_000): ChildSpec => ({
  name: 'The shell',
  command: '/bin/sh',
  args: ['-c', script],
  logFile: join(folder, 'shell.log'),
  stopSteps: [{ signal: 'SIGTERM', waitMs }],
});

/** Whoever was sent SIGKILL is listed a moment longer, and as a zombie until it is reaped. */
const untilGone = async (pid: number) =>
  run('/bin/sh', ['-c', `while grep -qs '^State:.[^Z]' /proc/${pid}/status; do sleep 0.02; done`]);

describe('a child', () => {
  it('tells its exit code', async () => {
    const child = await Child.start(shell('exit 3'));
    expect(await child.exited).toEqual({ code: 3, signal: null });
  });

  it('that ends before it is ready is reported with its last lines', async () => {
    const child = await Child.start(shell('echo the reason >&2; exit 1'));
    await expect(child.untilReady(() => false, 100_000)).rejects.toThrow(
      /exited at startup \(exit code 1\)[^]*the reason/,
    );
  });

  it('that is not ready in time is stopped', async () => {
    const child = await Child.start(shell('exec sleep 60'));
    await expect(child.untilReady(() => false, 50)).rejects.toThrow('was not ready after 0.05 s');
    expect(child.exit).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('that ignores the request to end is killed with all it has started', async () => {
    const child = await Child.start(shell('trap "" TERM; sleep 60 & echo $!; wait', 50));
    await child.untilReady(() => child.lastLines() !== '', 100_000);
    const grandchild = Number(child.lastLines());
    await child.stop();
    expect(child.exit).toEqual({ code: null, signal: 'SIGKILL' });
    await untilGone(grandchild);
  });

  it('that cannot be found is a clear error', async () => {
    const missing = { ...shell(''), command: '/nowhere/to/be/found' };
    await expect(Child.start(missing)).rejects.toThrow('The shell cannot start: spawn /nowhere/to/be/found ENOENT');
  });

  it('ends when its starter is killed', async () => {
    const starter = `
      import { Child } from ${JSON.stringify(join(import.meta.dirname, 'child.ts'))};
      const child = await Child.start(${JSON.stringify(shell('exec sleep 60'))});
      console.log(child.pid);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'));
    `;
    const child = await Child.start({
      ...shell(''),
      command: process.execPath,
      args: ['--conditions=source', '--input-type=module', '--eval', starter],
      logFile: join(folder, 'starter.log'),
    });
    await child.exited;
    const orphan = Number(child.lastLines());
    expect([child.exit, orphan]).toEqual([{ code: null, signal: 'SIGKILL' }, expect.any(Number)]);
    await untilGone(orphan);
  });
});

describe('run', () => {
  it('answers what the program printed', async () => {
    expect(await run('/bin/sh', ['-c', 'cat; echo done'], { input: 'work ' })).toBe('work done\n');
  });

  it('fails with the last lines', async () => {
    await expect(run('/bin/sh', ['-c', 'echo why; exit 4'])).rejects.toThrow('/bin/sh failed (exit code 4):\nwhy');
  });

  it('ends the program and all it has started when aborted', async () => {
    const abort = new AbortController();
    const running = run('/bin/sh', ['-c', 'sleep 60'], { signal: abort.signal });
    abort.abort();
    await expect(running).rejects.toThrow('aborted');
  });
});

import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

// A line on standard input means that the child has exited; end of input without one means that its parent has died.
const script = `
read -r _ && exit
kill -s "$2" "$1" 2>/dev/null || exit
for _ in $(seq 100); do sleep 0.1; kill -s 0 "$1" 2>/dev/null || exit; done
kill -s KILL -- "-$1"
`;

/** Stops a detached child when its parent dies without stopping it, even by kill -9. */
export function guard(pid: number, signal: NodeJS.Signals): { release: () => void } {
  const shell = spawn('/bin/sh', ['-c', script, 'guard', String(pid), signal.slice('SIG'.length)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return { release: () => shell.stdin.end('\n') };
}

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from './context.ts';
import type { Logins } from './demo-users.ts';
import type { Gateway } from './gateway.ts';
import type { Servers } from './servers.ts';
import type { Services } from './services.ts';
import { writePrivate } from './write-private.ts';

interface Facts {
  gateway: Gateway;
  servers: Servers;
  services: Services;
  logins: Logins;
  env: NodeJS.ProcessEnv;
}

/** What the CLI reads itself, and a shell may keep. */
const variablesOfCli: readonly string[] = ['HOLDFAST_TOKEN', 'HOLDFAST_URL'];

const addresses: readonly string[] = ['DATABASE_URL', 'REDIS_URL', 'EVENTSTORE_URL'];

function isSetting(name: string): boolean {
  return addresses.includes(name) || (name.startsWith('HOLDFAST_') && !variablesOfCli.includes(name));
}

/** What is in force: what CLI commands need, and show. */
function settingsIn(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => isSetting(name)));
}

/** Keeps local.json up to date for scripts while the stack is running. */
export function keepFacts({ options, closing }: Context, { gateway, servers, services, logins, env }: Facts): void {
  const file = factsFile(options.state);
  const write = (): void => {
    const pids = Object.entries(services).map(([name, service]): [string, unknown] => [name, service.pid]);
    writePrivate(file, {
      gateway: gateway.url,
      commandApi: services['command-api'].url,
      queryApi: services['query-api'].url,
      ...logins,
      services: Object.fromEntries(Object.entries(services).map(([name, { url }]) => [name, url])),
      settings: settingsIn(env),
      pids: { start: process.pid, ...servers.pids, ...Object.fromEntries(pids) },
    });
  };
  write();
  for (const service of Object.values(services)) service.onRestarted = write;
  closing.add({ stop: async () => rmSync(file, { force: true }), kill: () => {} });
}

/** The stack with this state directory; undefined if it is not running. */
export function runningStack(state: string): { gateway: string; settings: NodeJS.ProcessEnv } | undefined {
  const file = factsFile(state);
  if (!existsSync(file)) return undefined;
  const stack = JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof runningStack> & { pids: { start: number } };
  // One that was killed leaves the file.
  return isAlive(stack.pids.start) ? stack : undefined;
}

/** The environment of a command about the stack: its settings, and not those of the shell, are in force. */
export function environmentFor(settings: NodeJS.ProcessEnv, shell: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(shell).filter(([name]) => !isSetting(name));
  return { ...Object.fromEntries(others), ...settings };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function factsFile(state: string): string {
  return join(state, 'local.json');
}

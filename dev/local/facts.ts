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

/** What CLI commands need to find the stack, without the rest of its environment. */
const settings = [
  'DATABASE_URL',
  'REDIS_URL',
  'EVENTSTORE_URL',
  'HOLDFAST_TOKEN_SECRET',
  'HOLDFAST_ID_SECRET',
] as const;

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
      settings: Object.fromEntries(settings.map((name) => [name, env[name]])),
      pids: { start: process.pid, ...servers.pids, ...Object.fromEntries(pids) },
    });
  };
  write();
  for (const service of Object.values(services)) service.onRestarted = write;
  closing.add({ stop: async () => rmSync(file, { force: true }), kill: () => {} });
}

/** The settings of the stack with this state directory; undefined if it is not running. */
export function settingsOf(state: string): NodeJS.ProcessEnv | undefined {
  const file = factsFile(state);
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { settings: NodeJS.ProcessEnv }).settings;
}

function factsFile(state: string): string {
  return join(state, 'local.json');
}

import { rmSync } from 'node:fs';
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
}

/** Keeps local.json true, for scripts, as long as the stack is up. */
export function keepFacts({ options, closing }: Context, { gateway, servers, services, logins }: Facts): void {
  const file = join(options.state, 'local.json');
  const write = (): void => {
    const pids = Object.entries(services).map(([name, service]): [string, unknown] => [name, service.pid]);
    writePrivate(file, {
      gateway: gateway.url,
      commandApi: services['command-api'].url,
      queryApi: services['query-api'].url,
      ...logins,
      pids: { start: process.pid, ...servers.pids, ...Object.fromEntries(pids) },
    });
  };
  write();
  for (const service of Object.values(services)) service.onRestarted = write;
  closing.add({ stop: async () => rmSync(file, { force: true }), kill: () => {} });
}

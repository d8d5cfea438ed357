import { join } from 'node:path';
import { allSettled } from './all-settled.ts';
import { announcement } from './announce.ts';
import type { Context } from './context.ts';
import { fillDemo } from './demo.ts';
import { demoUsers } from './demo-users.ts';
import { environmentOf } from './environment.ts';
import { keepFacts } from './facts.ts';
import { removeData } from './fresh.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { holdfast } from './holdfast-cli.ts';
import { tryLock } from './lock.ts';
import { stopOrphans } from './orphans.ts';
import { localSecrets } from './secrets.ts';
import { startServers } from './servers.ts';
import { commandApisOf, startServices, type Services } from './services.ts';
import { ensureCategories } from './starting-categories.ts';
import { say, step, type Note } from './terminal.ts';

export interface Hooks {
  build: (context: Context, note: Note) => Promise<void>;
  whenUp?: (services: Services, context: Context) => void;
}

/** Starts everything and prints the addresses; started parts are registered in `closing`, also on failure. */
export async function startStack(context: Context, hooks: Hooks): Promise<void> {
  const { options, closing } = context;
  const gateway = await claim(context);
  await clearUp(context);
  const secrets = localSecrets(join(options.state, 'secrets.json'));
  const [servers] = await allSettled([
    startServers(context),
    step('Build', async (note) => hooks.build(context, note)),
  ]);
  const env = environmentOf({ ...servers, eventStore: options.eventStore ?? servers.database }, secrets, options.state);
  await step('Migrations', async () => holdfast(context, env, ['migrate']));
  const services = await startServices(context, env);
  closing.add({ stop: async () => gateway.close(), kill: () => {} });
  gateway.connect({
    'command-api': commandApisOf(services).map(({ url }) => url),
    'query-api': [services['query-api'].url],
  });
  const logins = await demoUsers(context, env, services['command-api'].url, secrets);
  await ensureCategories(gateway.url, logins.staff);
  if (options.demo) await step('Demo data', async (note) => fillDemo(gateway.url, logins, note));
  keepFacts(context, { gateway, servers, services, logins, env });
  say(announcement(gateway.url, logins));
  hooks.whenUp?.(services, context);
}

/** Claims the state directory and the port of the gateway before anything else is started or changed. */
async function claim({ options: { state, port, operations } }: Context): Promise<Gateway> {
  let url = 'it is still starting';
  const held = await tryLock(state, () => `process ${process.pid}, ${url}`);
  if (typeof held !== 'function') throw new Error(`Holdfast is already running: ${held.by}`);
  const bodyBytesMax = process.env['HOLDFAST_BODY_BYTES_MAX'];
  const gateway = await startGateway({
    port,
    operations,
    ...(process.env['HOLDFAST_HOST'] && { host: process.env['HOLDFAST_HOST'] }),
    ...(bodyBytesMax && { bodyBytesMax: Number(bodyBytesMax) }),
  });
  url = gateway.url;
  return gateway;
}

async function clearUp({ options: { state, fresh } }: Context): Promise<void> {
  const left = await stopOrphans(state);
  if (left > 0) say(`  ✓ Stopped ${left} services left over from an earlier start`);
  if (fresh) await step('Deleted the data of earlier starts', async () => removeData(state));
}

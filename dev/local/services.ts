import { join } from 'node:path';
import { freePort } from '#dev/servers';
import { allSettled } from './all-settled.ts';
import type { Context } from './context.ts';
import { Service } from './service.ts';
import { say, step } from './terminal.ts';

const stopTimeoutMsDefault = 10_000;
const stopGraceMs = 2_000;
const restartDelayMs = 250;

type App = 'command-api' | 'query-api' | 'projector';
/** By name; a second command-api is called command-api-2. */
export type Services = Record<App, Service> & Record<`command-api-${number}`, Service>;

/** Starts the services concurrently, and waits until each is ready. */
export async function startServices(context: Context, env: NodeJS.ProcessEnv): Promise<Services> {
  const { closing, signal, fail } = context;
  const withoutIt = (name: string) => () =>
    fail(`${name} keeps exiting, and the system cannot serve requests without it.`);
  const commandApis = Array.from({ length: context.options.commandApis }, (_, index) =>
    index === 0 ? ('command-api' as const) : (`command-api-${index + 1}` as const),
  );
  const services: Services = {
    // Without the projector the other services continue with the existing read models, so the cause can be
    // investigated.
    projector: await service(context, env, 'projector', () =>
      say('The projector keeps exiting and is no longer restarted: writes work, but reads no longer change.'),
    ),
    'query-api': await service(context, env, 'query-api', withoutIt('query-api')),
    'command-api': await service(context, env, 'command-api', withoutIt('command-api')),
  };
  for (const name of commandApis.slice(1)) services[name] = await service(context, env, name, withoutIt(name));
  closing.add(services.projector);
  closing.add(services['query-api'], ...commandApisOf(services));
  await step(`${commandApis.join(', ')}, query-api and projector`, async () => {
    await allSettled(Object.values(services).map(async (each: Service) => each.start(signal)));
  });
  return services;
}

export function commandApisOf(services: Services): readonly Service[] {
  return Object.values(services).filter(({ app }: Service) => app === 'command-api');
}

async function service(
  { root, options }: Context,
  env: NodeJS.ProcessEnv,
  name: keyof Services,
  givenUp: () => void,
): Promise<Service> {
  const port = await freePort();
  const app = name.startsWith('command-api') ? 'command-api' : name;
  return new Service({
    name,
    app,
    url: `http://127.0.0.1:${port}`,
    command: [process.execPath, join(root, 'dist', 'apps', app, 'main.js')],
    cwd: root,
    env: { ...env, HOLDFAST_PORT: String(port) },
    logFile: join(options.state, 'logs', `${name}.log`),
    stopTimeoutMs: Number(env['HOLDFAST_STOP_TIMEOUT_MS'] ?? stopTimeoutMsDefault) + stopGraceMs,
    restartDelayMs,
    report: say,
    givenUp,
  });
}

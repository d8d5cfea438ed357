import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  port: number;
  eventStore: string | undefined;
  fresh: boolean;
  demo: boolean;
  /** How many processes of command-api. */
  commandApis: number;
  /** State directory of the local stack. */
  state: string;
  /** What the gateway exposes of health and metrics. */
  operations: 'status' | 'details';
}

export class UsageError extends Error {}

export const help = `Starts Holdfast on this machine: PostgreSQL, Redis, the services, and a gateway to them.

  npm start                           start, keeping the data of earlier starts
  npm start -- --fresh                begin anew, without any data
  npm start -- --demo                 with some 250 products, a flash sale, slots of a week, orders and lends
  npm start -- --port 8081            the gateway's port (8080; 0 for a free one)
  npm start -- --command-apis 2       so many processes of command-api (1)
  npm start -- --event-store URL      esdb://… or postgres://… (else PostgreSQL)
  npm start -- --state DIRECTORY      keep data, secrets and logs there (.holdfast)

DATABASE_URL and REDIS_URL name servers of your own to use instead. HOLDFAST_HOST is the address the gateway listens
on (127.0.0.1); other HOLDFAST_… settings reach the services. GATEWAY_OPERATIONS=details lets the details of health, and
/metrics, through the gateway (status).`;

const commandApisMax = 8;
const root = resolve(import.meta.dirname, '../..');

/** Parses the command line; `undefined` if only help was requested. */
export function optionsOf(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new UsageError(`--port must be a whole number up to 65535, not ${values.port}`);
  }
  const commandApis = Number(values['command-apis']);
  if (!/^[1-9]\d?$/.test(values['command-apis']) || commandApis > commandApisMax) {
    throw new UsageError(`--command-apis must be a whole number from 1 to ${commandApisMax}`);
  }
  const operations = env['GATEWAY_OPERATIONS'] ?? 'status';
  if (operations !== 'status' && operations !== 'details') {
    throw new UsageError(`GATEWAY_OPERATIONS must be status or details, not ${operations}`);
  }
  if (values.fresh && env['DATABASE_URL']) {
    throw new UsageError(
      '--fresh does not delete the data of DATABASE_URL: empty that database yourself and omit --fresh.',
    );
  }
  return {
    port,
    eventStore: values['event-store'] ?? env['EVENTSTORE_URL'],
    fresh: values.fresh,
    demo: values.demo,
    commandApis,
    state: resolve(root, values.state),
    operations,
  };
}

/** Without a `--` before them, npm takes options for its own, and passes them on as variables only. */
export function rejectTakenByNpm(args: readonly string[], env: NodeJS.ProcessEnv): void {
  for (const [name, { type }] of Object.entries(known)) {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    if (value === undefined) continue;
    // It takes the value of an option that it does not know for an argument.
    const meant = type === 'boolean' ? `--${name}` : `--${name} ${value === 'true' ? (args[0] ?? '…') : value}`;
    throw new UsageError(`npm took --${name} for an option of its own. Put -- before it: npm start -- ${meant}`);
  }
}

const known = {
  port: { type: 'string', default: '8080' },
  'event-store': { type: 'string' },
  fresh: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  'command-apis': { type: 'string', default: '1' },
  state: { type: 'string', default: '.holdfast' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...known, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

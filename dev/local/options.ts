import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  port: number;
  eventStore: string | undefined;
  fresh: boolean;
  demo: boolean;
  /** State directory of the local stack. */
  state: string;
  /** What the gateway exposes of health and metrics. */
  operations: 'status' | 'details';
}

export class UsageError extends Error {}

export const help = `Starts Holdfast on this machine: PostgreSQL, Redis, the services, and a gateway to them.

  npm start                           start, keeping the data of earlier starts
  npm start -- --fresh                begin anew, without any data
  npm start -- --demo                 with some 250 products, their stock, and slots of a week
  npm start -- --port 8081            the gateway's port (8080; 0 for a free one)
  npm start -- --event-store URL      esdb://… or postgres://… (else PostgreSQL)
  npm start -- --state DIRECTORY      keep data, secrets and logs there (.holdfast)

DATABASE_URL and REDIS_URL name servers of your own to use instead. HOLDFAST_HOST is the address the gateway listens
on (127.0.0.1); other HOLDFAST_… settings reach the services. GATEWAY_OPERATIONS=details lets the details of health, and
/metrics, through the gateway (status).`;

const root = resolve(import.meta.dirname, '../..');

/** Parses the command line; `undefined` if only help was requested. */
export function optionsOf(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new UsageError(`--port must be a whole number up to 65535, not ${values.port}`);
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
    state: resolve(root, values.state),
    operations,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8080' },
        'event-store': { type: 'string' },
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        state: { type: 'string', default: '.holdfast' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

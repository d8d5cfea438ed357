import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePort } from '#dev/servers';
import { readText, root } from '../code.ts';
import type { Nginx } from './find-nginx.ts';

export interface GatewayOptions {
  readonly commandApis: readonly number[];
  readonly queryApis: readonly number[];
  readonly bodyBytesMax?: number;
  readonly operations?: 'status' | 'details';
  /** Applied to the configuration, to make a test of patience short or a rule absent. */
  readonly edit?: (configuration: string) => string;
}

export interface Gateway {
  readonly port: number;
  /** The line of the log that holds this text, as soon as it is written. */
  readonly logged: (text: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export const template = 'deploy/gateway/nginx.conf.template';
const readyTimeoutMs = 100_000;
// Else the workers of a root's nginx would be a user who may not look into the folder.
const user = process.getuid?.() === 0 ? 'user root;' : '';

/** As envsubst does it in the image: only what is set, and only as ${NAME}. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The gateway as it is deployed, on loopback and with upstreams of the test's own. */
export async function startGateway(nginx: Nginx, options: GatewayOptions): Promise<Gateway> {
  const prefix = await prefixWith(options, await freePort());
  const child = await run(nginx, prefix, [`daemon off;${user}`]);
  await child.untilReady(() => accepts(prefix.port), readyTimeoutMs);
  return {
    port: prefix.port,
    logged: async (text) => {
      const line = (): string | undefined =>
        child
          .lastLines()
          .split('\n')
          .find((each) => each.includes(text));
      await child.untilReady(() => line() !== undefined, readyTimeoutMs);
      return line() ?? '';
    },
    stop: async () => {
      await child.stop();
      await rm(prefix.folder, { recursive: true, force: true });
    },
  };
}

/** What nginx says of the configuration. */
export async function testConfiguration(nginx: Nginx, edit: GatewayOptions['edit'] = (text) => text): Promise<string> {
  const ports = [await freePort()];
  const prefix = await prefixWith({ commandApis: ports, queryApis: ports, edit }, await freePort());
  const child = await run(nginx, prefix, [user, '-t']);
  await child.exited;
  const said = child.lastLines();
  await rm(prefix.folder, { recursive: true, force: true });
  return said;
}

interface Prefix {
  readonly folder: string;
  readonly port: number;
}

async function prefixWith(options: GatewayOptions, port: number): Promise<Prefix> {
  const { commandApis, queryApis, bodyBytesMax = 262_144, operations = 'status', edit = (text) => text } = options;
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-gateway-'));
  await mkdir(join(folder, 'run'));
  await cp(join(root, 'deploy/gateway/docs.html'), join(folder, 'docs.html'));
  await cp(join(root, 'docs/openapi.json'), join(folder, 'openapi.json'));
  const configuration = fillIn(readText(template), {
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    COMMAND_API_SERVERS: serversAt(commandApis),
    QUERY_API_SERVERS: serversAt(queryApis),
    NGINX_LOCAL_RESOLVERS: '127.0.0.1',
    HOLDFAST_BODY_BYTES_MAX: String(bodyBytesMax),
    GATEWAY_OPERATIONS: operations,
  });
  await writeFile(join(folder, 'run', 'nginx.conf'), edit(configuration));
  return { folder, port };
}

async function run({ command, env }: Nginx, { folder }: Prefix, args: readonly string[]): Promise<Child> {
  return Child.start({
    name: 'nginx',
    command,
    args: ['-e', 'stderr', '-p', `${folder}/`, '-c', 'run/nginx.conf', '-g', ...args],
    env,
    logFile: join(folder, 'nginx.log'),
    stopSteps: [{ signal: 'SIGTERM', waitMs: 5_000 }],
  });
}

function serversAt(ports: readonly number[]): string {
  return ports.map((port) => `server 127.0.0.1:${port};`).join(' ');
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

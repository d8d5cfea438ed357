import { fastify } from 'fastify';
import { settings } from '#platform';
import { readText } from './code.ts';
import { interpolate, readCompose } from './compose/read-compose.ts';
import { fillIn, template } from './nginx/start-gateway.ts';

const configuration = readText(template);
const { gateway, ...others } = readCompose().services;
const given = gateway?.environment ?? {};
const named = new Set([...configuration.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name));
// The image's own script sets it, when asked to.
const resolvers = 'NGINX_LOCAL_RESOLVERS';

function seconds(directive: string): number {
  const [, value] = new RegExp(`\\b${directive} (\\d+)s;`).exec(configuration) ?? [];
  return Number(value);
}

describe("the gateway's template", () => {
  it('names only variables that the gateway is given', () => {
    const missing = [...named].filter((name) => !(name in given) && name !== resolvers);
    expect([missing, named.has(resolvers), given['NGINX_ENTRYPOINT_LOCAL_RESOLVERS']]).toEqual([[], true, 'true']);
  });

  it('is given only variables that it names, or that the image knows', () => {
    const ours = Object.keys(given).filter((name) => !/^NGINX_(?:ENVSUBST|ENTRYPOINT)_/.test(name));
    expect(ours.filter((name) => !named.has(name))).toEqual([]);
  });

  it('names only settings that there are', () => {
    const known: string[] = Object.values(settings).map(({ variable }) => variable);
    const wanted = [...named, ...Object.keys(given)].filter((name) => name.startsWith('HOLDFAST_'));
    expect(wanted.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is written to, and read from, where the gateway may write', () => {
    const output = String(given['NGINX_ENVSUBST_OUTPUT_DIR']);
    const written = gateway?.tmpfs?.map((mount) => mount.split(':')[0]);
    const command = gateway?.command?.join(' ');
    expect(written).toContain(output);
    expect(command).toContain(`-p ${output.replace(/run$/, '')} -c run/nginx.conf`);
    const paths = [...configuration.matchAll(/^ *(?:pid|\w+_temp_path) (\S+);/gm)].map(([, path]) => path);
    expect([paths.length, paths.filter((path) => path?.startsWith('run/') !== true)]).toEqual([6, []]);
  });

  it.each(['command-api', 'query-api'])('finds %s where it listens', (name) => {
    const servers = given[`${name.toUpperCase().replace('-', '_')}_SERVERS`];
    expect(servers).toBe(`server ${name}:${String(others[name]?.environment?.['HOLDFAST_PORT'])} resolve;`);
  });

  it('looks names up again with an nginx that can, since 1.27.3, and where it keeps what it found', () => {
    const [, major = '', minor = ''] = /^nginx:(\d+)\.(\d+)/.exec(interpolate(gateway?.image ?? '', {})) ?? [];
    expect(Number(major) * 1000 + Number(minor)).toBeGreaterThanOrEqual(1028);
    expect(configuration.match(/upstream \w+ \{\n\s+zone /g)).toHaveLength(2);
  });

  it('is published, and asked for health, where it listens', () => {
    expect(gateway?.ports).toEqual([expect.stringMatching(new RegExp(`:${given['GATEWAY_LISTEN']}$`))]);
    expect(gateway?.healthcheck?.test?.join(' ')).toContain(`http://127.0.0.1:${given['GATEWAY_LISTEN']}/docs`);
  });

  it('mounts what it reads', () => {
    const targets = gateway?.volumes?.map((volume) => volume.split(':')[1]);
    expect(targets).toEqual([
      '/etc/nginx/templates/nginx.conf.template',
      '/gateway/docs.html',
      '/gateway/openapi.json',
    ]);
  });

  it('closes an idle connection before a service does', () => {
    const upstreams = configuration.match(/keepalive_timeout \d+s;/g);
    const serviceMs = fastify().initialConfig.keepAliveTimeout ?? 0;
    expect([upstreams?.length, new Set(upstreams).size]).toEqual([2, 1]);
    expect(seconds('keepalive_timeout') * 1000).toBeLessThan(serviceMs);
  });

  it('is more patient than a service may be told to be', () => {
    const patienceMs = seconds('proxy_read_timeout') * 1000;
    for (const setting of [settings.requestTimeoutMs, settings.consistencyWaitMs]) {
      expect(setting.parse(String(patienceMs))).toHaveProperty('fault');
    }
  });

  it('leaves what nginx itself fills in', () => {
    expect(fillIn('${GIVEN} $uri ${missing}', { GIVEN: 'x' })).toBe('x $uri ${missing}');
  });
});

import { parse } from 'yaml';
import { readText } from '../code.ts';

export interface Healthcheck {
  test?: string[];
  interval?: string;
  timeout?: string;
  start_period?: string;
  retries?: number;
  disable?: boolean;
}

export interface Service {
  image: string;
  build?: { context: string; dockerfile: string; args?: Record<string, string> };
  command?: string[];
  environment?: Record<string, string | number | null>;
  volumes?: string[];
  ports?: string[];
  networks: string[];
  user?: string;
  init?: boolean;
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  restart?: string;
  stop_grace_period?: string;
  shm_size?: string;
  healthcheck?: Healthcheck;
  depends_on?: Record<string, { condition: string }>;
}

export interface Compose {
  name: string;
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, null>;
}

export function readCompose(): Compose {
  return parse(readText('docker-compose.yml'), { merge: true }) as Compose;
}

/** With the files that are given to Compose after it. */
export function withEvents(
  compose: Compose,
  events = parse(readText('deploy/postgres/events.yml')) as Compose,
): Compose {
  const merged = Object.entries(compose.services).map(([name, service]) => [
    name,
    { ...service, environment: { ...service.environment, ...events.services[name]?.environment } },
  ]);
  return { ...compose, services: Object.fromEntries(merged) as Compose['services'] };
}

/** The services that run our own image. */
export function ours({ services }: Compose): [string, Service][] {
  return Object.entries(services).filter(([, { build }]) => build !== undefined);
}

const reference = /\$(?:\$|\{(?<name>\w+)(?::(?<kind>[-?])(?<rest>[^}]*))?\})/g;

/** A value as Compose passes it on; undefined for a variable that is left to .env and is not in it. */
export function interpolate(value: string, env: Readonly<Record<string, string>>): string {
  return value.replace(reference, (whole, name?: string, kind?: string, rest?: string) => {
    if (name === undefined) return whole === '$$' ? '$' : whole;
    const given = env[name];
    if (given !== undefined && given !== '') return given;
    if (kind === '?') throw new Error(`${name} is required`);
    return kind === '-' ? (rest ?? '') : '';
  });
}

export function environmentOf({ environment = {} }: Service, env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const given = Object.entries(environment).map(([name, value]) => [
    name,
    value === null ? env[name] : interpolate(String(value), env),
  ]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as NodeJS.ProcessEnv;
}

/** What the user puts into .env: all that Compose rejects to start without. */
export function madeByTheUser(): Record<string, string> {
  return {
    POSTGRES_PASSWORD: 'b3f0c1d2e4a59687',
    MIGRATE_DATABASE_PASSWORD: '5e1f7a90c4d2b863',
    COMMAND_API_DATABASE_PASSWORD: '8c3b2a1d0e9f7465',
    QUERY_API_DATABASE_PASSWORD: 'f07e6d5c4b3a2918',
    PROJECTOR_DATABASE_PASSWORD: '19d8c7b6a5f4e302',
    REDIS_PASSWORD: '0f9e8d7c6b5a4321',
    HOLDFAST_TOKEN_SECRET: 'Zq8Ls2vXw0RtYb7NcJm4HkPd6Fg1Ae3U',
    HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
  };
}

/** Milliseconds of a Compose duration. */
export function milliseconds(duration = '0s'): number {
  const [, amount, unit] = /^(\d+)(ms|s|m)$/.exec(duration) ?? [];
  return Number(amount) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm'];
}

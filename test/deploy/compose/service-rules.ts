import { ConfigurationError, readConfig, settings } from '#platform';
import { appOf, isServed, portOf } from '../code.ts';
import { environmentOf, interpolate, madeByTheUser, milliseconds, ours } from './read-compose.ts';
import type { Rule } from './rules.ts';

const all = Object.values(settings);
const secretName = /SECRET$|PASSWORD$|AUTH$/;
const passwordInUrl = /:\/\/[^:/@]*:([^@]+)@/;
const required = /^\$\{\w+:\?[^}]+\}$/;

/** What the file decides by itself: where the parts of the installation are, and what must fit its other values. */
const ownVariables = ['DATABASE_URL', 'REDIS_URL', 'HOLDFAST_HOST', 'HOLDFAST_PORT', 'HOLDFAST_STOP_TIMEOUT_MS'];
/** The code knows of no proxy; here there is one. */
const gatewayHops = 1;

/** Rules about Holdfast itself: what the file says of it agrees with the code. Each answers its faults. */
export const serviceRules = {
  'configures each service so that it would start': (compose) =>
    ours(compose).flatMap(([name, service]) => {
      const faults = faultsOf(environmentOf(service, madeByTheUser()));
      return faults.map((fault) => `${name}: ${fault}`);
    }),

  'lets every setting be set': (compose) =>
    ours(compose).flatMap(([name, { command = [], environment = {} }]) =>
      all
        .map(({ variable }) => variable)
        .filter((variable) => !(variable === 'HOLDFAST_PORT' && isCli(command)))
        .filter((variable) => !isLeftToTheUser(variable, environment[variable]))
        .map((variable) => `${name} cannot be given ${variable}`),
    ),

  'falls back on the values that the code falls back on': (compose) =>
    Object.entries(compose.services).flatMap(([name, { environment = {} }]) =>
      all.flatMap(({ variable, default: fallback }) => {
        const value = String(environment[variable] ?? '');
        if (fallback === undefined || !value.startsWith('${')) return [];
        const shown = interpolate(value, {});
        const expected: unknown = variable === 'HOLDFAST_PROXY_HOPS' ? gatewayHops : fallback;
        const meant = String(expected);
        return shown === meant ? [] : [`${name} has ${variable}=${shown} where ${meant} is meant`];
      }),
    ),

  'takes every secret from the user': (compose) =>
    Object.entries(compose.services).flatMap(([name, { environment = {} }]) => {
      const inUrls = Object.values(environment).flatMap((value) => passwordInUrl.exec(String(value))?.[1] ?? []);
      const named = Object.entries(environment).flatMap(([key, value]) =>
        isSecret(key) && value !== null ? [String(value)] : [],
      );
      return [...inUrls, ...named]
        .filter((value) => !required.test(value))
        .map((value) => `${name} has the secret ${value}`);
    }),

  'says no secret on a command line': (compose) =>
    Object.entries(compose.services).flatMap(([name, { command = [], healthcheck }]) => {
      const said = interpolate([...command, ...(healthcheck?.test ?? [])].join(' '), madeByTheUser());
      return Object.values(madeByTheUser())
        .filter((secret) => said.includes(secret))
        .map(() => `${name} says a secret`);
    }),

  'gives each service a role of its own in PostgreSQL, and none the superuser': (compose) => {
    const roles = ours(compose).flatMap(([name, service]) => {
      const { DATABASE_URL: database, EVENTSTORE_URL: events } = environmentOf(service, madeByTheUser());
      const inPostgres = [database, events].flatMap((url = '') => (url.startsWith('postgres:') ? [new URL(url)] : []));
      return inPostgres.map(({ username, password }) => ({ name, username, password }));
    });
    const passwords = new Set(roles.map(({ password }) => password));
    return [
      ...roles
        .filter(({ name, username }) => username !== `holdfast_${name.replace('-', '_')}`)
        .map(({ name, username }) => `${name} is ${username}`),
      ...(passwords.size === ours(compose).length ? [] : ['services share a password']),
      ...(passwords.has(madeByTheUser()['POSTGRES_PASSWORD'] ?? '') ? ["a service has the superuser's password"] : []),
    ];
  },

  'runs only what the build makes': (compose) =>
    ours(compose)
      .filter(([, { command = [] }]) => appOf(command) === undefined)
      .map(([name, { command = [] }]) => `${name} runs ${command.join(' ')}`),

  'listens on the port that the code listens on': (compose) =>
    ours(compose)
      .filter(([, { command = [] }]) => !isCli(command))
      .filter(([, { command = [], environment = {} }]) => environment['HOLDFAST_PORT'] !== portOf(appOf(command)))
      .map(([name, { environment = {} }]) => `${name} listens on ${environment['HOLDFAST_PORT']}`),

  'asks for health where the code answers': (compose) =>
    ours(compose).flatMap(([name, { healthcheck }]) => {
      const path = /\/health\/\w+/.exec(healthcheck?.test?.join(' ') ?? '')?.[0];
      return healthcheck?.disable === true || isServed(path) ? [] : [`${name} is asked for ${path}`];
    }),

  'waits a little longer for a service to stop than the service does': (compose) =>
    ours(compose).flatMap(([name, { environment = {}, stop_grace_period: grace }]) => {
      const spareMs = milliseconds(grace) - Number(environment['HOLDFAST_STOP_TIMEOUT_MS']);
      return spareMs >= 1000 && spareMs <= 5000 ? [] : [`${name} is killed after ${grace}`];
    }),

  'keeps what PostgreSQL and Redis hold': ({ services: { postgres, redis } }) => [
    ...(postgres?.volumes?.some((volume) => volume.endsWith(':/var/lib/postgresql')) === true ? [] : ['postgres']),
    ...(/--appendonly yes .*noeviction/.test(redis?.command?.join(' ') ?? '') ? [] : ['redis']),
  ],
} satisfies Record<string, Rule>;

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

function isLeftToTheUser(variable: string, value: string | number | null | undefined): boolean {
  if (value === undefined) return false;
  return value === null || ownVariables.includes(variable) || String(value).startsWith(`\${${variable}:`);
}

function isSecret(variable: string): boolean {
  return secretName.test(variable) || all.some((setting) => setting.variable === variable && setting.secret === true);
}

function isCli(command: readonly string[]): boolean {
  return appOf(command) === 'cli';
}

import { statfs } from 'node:fs/promises';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { readPublishedKeys } from '#people';
import {
  assertWritable,
  clockSkewMs,
  createPool,
  createRedis,
  hidePassword,
  pendingMigrations,
  untilConnected,
  type Config,
  type Pool,
  type Redis,
} from '#platform';
import { readModelsOf } from '#read-models';
import { projectionStatus } from '../commands/projection-status.ts';
import { databaseMigrations } from '../migrations.ts';
import { stateDirectory } from './local-stack.ts';
import { serviceStates } from './services.ts';
import { within } from './within.ts';

/** Something that was looked at. */
export interface Finding {
  readonly about: string;
  readonly result: 'ok' | 'warning' | 'fault';
  readonly found: string;
  /** What to do, unless it is well. */
  readonly advice?: string;
}

const reachTimeoutMs = 5000;
const nodeMajorMin = 24;
const postgresMajorMin = 14;
const redisMajorMin = 7;
const clockSkewMsMax = 1000;
const freeShareMin = 0.1;
const lagSecondsMax = 30;

/** Looks at everything that an installation needs, and says what to do about what is not well. */
export async function findings(config: Config, services: readonly string[] | undefined): Promise<readonly Finding[]> {
  const groups = await Promise.all([
    postgres(config),
    eventStore(config),
    redis(config),
    issuersOf(config),
    disk(),
    serving(services),
    projections(config),
  ]);
  return [nodeVersion(), ...groups.flat()];
}

function nodeVersion(): Finding {
  const found = process.versions.node;
  return Number.parseInt(found, 10) >= nodeMajorMin
    ? { about: 'Node', result: 'ok', found }
    : { about: 'Node', result: 'fault', found, advice: `run Holdfast with Node ${nodeMajorMin} or newer` };
}

async function postgres({ databaseUrl }: Config): Promise<Finding[]> {
  const found: Finding[] = [];
  const failed = await withPool(databaseUrl, async (pool) => {
    found.push(await postgresVersion(pool), await encoding(pool), await writable(pool), await clock(pool));
    found.push(await migrations('migrations of PostgreSQL', pool, databaseMigrations));
  });
  return failed === undefined ? found : [...found, unreachable('PostgreSQL', 'DATABASE_URL', databaseUrl, failed)];
}

async function withPool(url: string, look: (pool: Pool) => Promise<void>): Promise<unknown> {
  const pool = createPool({ url, connectionsMax: 1, name: 'holdfast-doctor' });
  try {
    await within(reachTimeoutMs, look(pool));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await pool.end();
  }
}

async function postgresVersion(pool: Pool): Promise<Finding> {
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  const found = rows[0]?.server_version ?? 'unknown';
  const about = 'PostgreSQL';
  return Number.parseInt(found, 10) >= postgresMajorMin
    ? { about, result: 'ok', found }
    : { about, result: 'fault', found, advice: `use PostgreSQL ${postgresMajorMin} or newer` };
}

async function encoding(pool: Pool): Promise<Finding> {
  const { rows } = await pool.query<{ encoding: string; ctype: string }>(
    `select pg_encoding_to_char(encoding) as encoding, datctype as ctype from pg_database where datname = current_database()`,
  );
  const { encoding: name = '', ctype = '' } = rows[0] ?? {};
  const found = `${name}, LC_CTYPE ${ctype}`;
  const about = 'encoding of PostgreSQL';
  // Searches do not depend on the locale, but texts must be Unicode.
  if (name === 'UTF8') return { about, result: 'ok', found };
  return { about, result: 'fault', found, advice: `create the database with: create database … encoding 'UTF8'` };
}

async function writable(pool: Pool): Promise<Finding> {
  const about = 'writes to PostgreSQL';
  try {
    await assertWritable(pool);
    return { about, result: 'ok', found: 'accepted' };
  } catch (error) {
    const advice = 'DATABASE_URL must name the primary server, and its database must not be read-only';
    return { about, result: 'fault', found: messageOf(error), advice };
  }
}

async function clock(pool: Pool): Promise<Finding> {
  const skewMs = Math.round(await clockSkewMs(pool));
  const about = 'clock';
  if (Math.abs(skewMs) <= clockSkewMsMax) return { about, result: 'ok', found: 'agrees with PostgreSQL’s' };
  const found = `${Math.abs(skewMs)} ms ${skewMs > 0 ? 'ahead of' : 'behind'} PostgreSQL’s`;
  return { about, result: 'fault', found, advice: 'synchronise the clocks of both machines (NTP)' };
}

async function migrations(about: string, pool: Pool, all: Parameters<typeof pendingMigrations>[1]): Promise<Finding> {
  const pending = await pendingMigrations(pool, all);
  if (pending.length === 0) return { about, result: 'ok', found: `all ${all.length} applied` };
  return { about, result: 'fault', found: `not applied: ${pending.join(', ')}`, advice: 'run: holdfast migrate' };
}

async function eventStore({ eventStoreUrl: url }: Config): Promise<Finding[]> {
  const about = 'event store';
  try {
    const store = await within(reachTimeoutMs, connectEventStore(url));
    try {
      const head = await within(reachTimeoutMs, store.head());
      await within(reachTimeoutMs, store.assertTakesAppends());
      const reached: Finding = { about, result: 'ok', found: `takes appends; the last event is ${head ?? 'none'}` };
      if (!url.startsWith('postgres')) return [reached];
      const found = [reached];
      await withPool(url, async (pool) => {
        found.push(await migrations('migrations of the event store', pool, eventStoreMigrations));
      });
      return found;
    } finally {
      await store.close();
    }
  } catch (error) {
    return [unreachable(about, 'EVENTSTORE_URL', url, error)];
  }
}

async function redis({ redisUrl }: Config): Promise<Finding[]> {
  const connection = createRedis(redisUrl);
  try {
    await within(reachTimeoutMs, untilConnected(connection));
    return [await redisVersion(connection), await redisPolicy(connection)];
  } catch (error) {
    return [unreachable('Redis', 'REDIS_URL', redisUrl, error)];
  } finally {
    connection.disconnect();
  }
}

async function redisVersion(connection: Redis): Promise<Finding> {
  const [, found = 'unknown'] = /redis_version:(\S+)/.exec(await connection.info('server')) ?? [];
  const about = 'Redis';
  return Number.parseInt(found, 10) >= redisMajorMin
    ? { about, result: 'ok', found }
    : { about, result: 'fault', found, advice: `use Redis ${redisMajorMin} or newer` };
}

async function redisPolicy(connection: Redis): Promise<Finding> {
  const about = 'maxmemory-policy';
  const answer = await connection.config('GET', 'maxmemory-policy').catch(() => undefined);
  const found = Array.isArray(answer) ? String(answer[1]) : undefined;
  const advice = 'set maxmemory-policy to noeviction: an evicted key may be a running request';
  if (found === undefined) return { about, result: 'warning', found: 'Redis does not tell it', advice };
  return found === 'noeviction' ? { about, result: 'ok', found } : { about, result: 'fault', found, advice };
}

/** Nothing waits for an issuer at the start, so a wrong address would be noticed by customers first. */
function issuersOf({ issuers }: Config): Promise<Finding[]> {
  const found = issuers.map(async ({ issuer }): Promise<Finding> => {
    const about = `issuer ${issuer}`;
    try {
      const { ids } = await readPublishedKeys(issuer);
      return { about, result: 'ok', found: `${ids.size} keys` };
    } catch (error) {
      const advice = 'start it, or correct HOLDFAST_ISSUERS; until then, tokens with new keys get 503';
      return { about, result: 'fault', found: reasonOf(error), advice };
    }
  });
  return Promise.all(found);
}

/** That a request failed says less than why. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
}

async function disk(): Promise<Finding[]> {
  const { bavail, blocks, bsize } = await statfs(stateDirectory() ?? '.');
  const share = blocks === 0 ? 1 : bavail / blocks;
  const found = `${Math.round(share * 100)} % free (${Math.round((bavail * bsize) / 1e9)} GB) on this machine`;
  if (share >= freeShareMin) return [{ about: 'disk', result: 'ok', found }];
  return [{ about: 'disk', result: 'warning', found, advice: 'free some space: without any, writes fail' }];
}

async function serving(given: readonly string[] | undefined): Promise<Finding[]> {
  return (await serviceStates(given)).map(({ service, address, state, degraded }): Finding => {
    const about = service;
    if (state === 'unreachable') {
      const advice = 'start it, or pass its address with --services';
      return { about, result: 'fault', found: `nobody answers at ${address}`, advice };
    }
    if (state !== 'ready') {
      const found = `${state}${degraded.length === 0 ? '' : `: ${degraded.join(', ')}`}`;
      return { about, result: 'fault', found, advice: 'its log says what it waits for (locally: holdfast logs)' };
    }
    if (degraded.length === 0) return { about, result: 'ok', found: `ready at ${address}` };
    return { about, result: 'warning', found: `without ${degraded.join(', ')}`, advice: 'its log says why' };
  });
}

async function projections({ databaseUrl, eventStoreUrl, journal }: Config): Promise<Finding[]> {
  const found: Finding[] = [];
  const failed = await withPool(databaseUrl, async (pool) => {
    const store = await connectEventStore(eventStoreUrl);
    try {
      const status = await projectionStatus({ pool, store, readModels: readModelsOf({ journal }) });
      for (const { name, parkedStreams: parked, error, lagSeconds } of status) {
        const about = `projection ${name}`;
        if (error !== null)
          found.push({ about, result: 'fault', found: error, advice: 'see docs/operations.md, “Projections”' });
        else if (parked > 0)
          found.push({
            about,
            result: 'fault',
            found: `${parked} parked streams`,
            advice: 'holdfast projections parked',
          });
        else if ((lagSeconds ?? 0) > lagSecondsMax)
          found.push({ about, result: 'warning', found: `lags ${lagSeconds} s`, advice: 'is a projector running?' });
      }
    } finally {
      await store.close();
    }
  });
  // What cannot be reached is a finding already.
  if (failed !== undefined) return [];
  return found.length > 0
    ? found
    : [{ about: 'projections', result: 'ok', found: 'none fails, lags or has parked streams' }];
}

function unreachable(about: string, variable: string, url: string, error: unknown): Finding {
  const found = `${hidePassword(url)}: ${messageOf(error)}`;
  return { about, result: 'fault', found, advice: `start it, or correct ${variable}` };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? error.name : error.message;
}

import { randomBytes } from 'node:crypto';
import { createPool, migrate, type Migration, type Pool } from '#platform';

export interface FreshDatabase {
  readonly url: string;
  readonly pool: Pool;
  drop(): Promise<void>;
}

/** A separate database for the test, with the migrations applied. */
export async function freshDatabase(migrations: readonly Migration[] = []): Promise<FreshDatabase> {
  const name = newName();
  await onServer((server) => server.query(`create database ${name} strategy file_copy`));
  const database = opened(name);
  await migrate(database.pool, migrations);
  return database;
}

/** A separate database for the test, copied from one that is prepared once in the test run. */
export async function copiedDatabase(
  template: string,
  prepare: (url: string) => Promise<void>,
): Promise<FreshDatabase> {
  const name = newName();
  await onServer((server) => prepareOnce(server, template, prepare));
  await onServer((server) => server.query(`create database ${name} template ${template} strategy file_copy`));
  return opened(name);
}

async function prepareOnce(server: Pool, template: string, prepare: (url: string) => Promise<void>): Promise<void> {
  const client = await server.connect();
  try {
    // The workers of the test run take turns; released with the connection.
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount !== 0) return;
    const unfinished = newName();
    await client.query(`create database ${unfinished}`);
    await prepare(urlOf(unfinished));
    // Nobody can connect to it, as a database in use cannot be copied.
    await client.query(`alter database ${unfinished} allow_connections false`);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  } finally {
    client.release(true);
  }
}

export function testUrl(variable: 'TEST_DATABASE_URL' | 'TEST_REDIS_URL'): string {
  const url = process.env[variable];
  if (url === undefined) throw new Error(`${variable} is not set: run the tests with npm test or npm run test:watch`);
  return url;
}

function newName(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

function urlOf(name: string): string {
  const url = new URL(testUrl('TEST_DATABASE_URL'));
  url.pathname = `/${name}`;
  return url.href;
}

function opened(name: string): FreshDatabase {
  const url = urlOf(name);
  const pool = createPool({ url, connectionsMax: 10, name: 'test' });
  const drop = async (): Promise<void> => {
    await pool.end();
    await onServer(async (server) => {
      // Not `with (force)`, which fails while autovacuum is at work there: only a superuser may end it. A plain drop does.
      await server.query(`alter database ${name} allow_connections false`);
      await server.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = '${name}' and backend_type <> 'autovacuum worker'`,
      );
      await server.query(`drop database ${name}`);
    });
  };
  return { url, pool, drop };
}

/** Databases are created and dropped with a checkpoint, which takes long on a busy machine. */
const serverTimeouts = { connectMs: 10_000, answerMs: 60_000 };

async function onServer(work: (server: Pool) => Promise<unknown>): Promise<void> {
  const url = testUrl('TEST_DATABASE_URL');
  const pool = createPool({ url, connectionsMax: 1, name: 'test-server', timeouts: serverTimeouts });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}

import { randomBytes } from 'node:crypto';
import { createPool, migrate, type Migration, type Pool } from '#platform';

export interface FreshDatabase {
  readonly url: string;
  readonly pool: Pool;
  drop(): Promise<void>;
}

/** A separate database for the test, with the migrations applied. */
export async function freshDatabase(migrations: readonly Migration[] = []): Promise<FreshDatabase> {
  const server = testUrl('TEST_DATABASE_URL');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = createPool({ url: url.href, connectionsMax: 10, name: 'test' });
  await migrate(pool, migrations);
  return {
    url: url.href,
    pool,
    drop: async () => {
      await pool.end();
      // Not `with (force)`, which fails while autovacuum is at work there: only a superuser may end it. A plain drop does.
      await withServer(
        server,
        `alter database ${name} allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = '${name}' and backend_type <> 'autovacuum worker'`,
        `drop database ${name}`,
      );
    },
  };
}

export function testUrl(variable: 'TEST_DATABASE_URL' | 'TEST_REDIS_URL'): string {
  const url = process.env[variable];
  if (url === undefined) throw new Error(`${variable} is not set: run the tests with npm test or npm run test:watch`);
  return url;
}

/** Databases are created and dropped with a checkpoint, which takes long on a busy machine. */
const serverTimeouts = { connectMs: 10_000, answerMs: 60_000 };

async function withServer(url: string, ...statements: readonly string[]): Promise<void> {
  const pool = createPool({ url, connectionsMax: 1, name: 'test-server', timeouts: serverTimeouts });
  try {
    for (const sql of statements) await pool.query(sql);
  } finally {
    await pool.end();
  }
}

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { processesWith, workingDirectoryOf } from '../process/process-table.ts';
import { freePort } from '../process/free-port.ts';
import type { Server } from '../server.ts';
import { startPostgres, type PostgresOptions } from './start-postgres.ts';

// Made by mkdtemp, this folder is closed to other users, as root's home is.
const folder = mkdtempSync(join(tmpdir(), 'holdfast-postgres-'));
const dataDir = join(folder, 'data');
const logFile = join(folder, 'postgres.log');
const started: Server[] = [];

async function start(options: Partial<PostgresOptions> = {}): Promise<Server> {
  const postgres = await startPostgres({ dataDir, logFile, durable: false, ...options });
  started.push(postgres);
  return postgres;
}

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

describe('a PostgreSQL of our own', () => {
  it('serves a role that is no superuser but may create databases', async () => {
    const postgres = await start();
    const rows = await ask(
      postgres.url,
      'SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([{ rolname: 'holdfast', rolsuper: false, rolcreatedb: true }]);
  });

  it('keeps its data over a stop', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (7)');
    await first.stop();
    const second = await start();
    expect(await ask(second.url, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
  });

  it('starts again after it was killed', async () => {
    const first = await start({ durable: true });
    await ask(first.url, 'CREATE TABLE survived (id int)');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(await ask(second.url, "SELECT to_regclass('survived') IS NOT NULL AS survived")).toEqual([
      { survived: true },
    ]);
  });

  it('leaves nothing running when stopped with clients connected', async () => {
    const postgres = await start();
    const client = new Client(postgres.url);
    client.on('error', () => {});
    await client.connect();
    await postgres.stop();
    expect(processesWith((pid) => workingDirectoryOf(pid) === dataDir)).toEqual([]);
  });

  it('rejects a data directory that is in use', async () => {
    const postgres = await start();
    await expect(start()).rejects.toThrow(`${dataDir} is in use by process ${postgres.pid}`);
  });

  it('says that a port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    await expect(start({ port })).rejects.toThrow(`PostgreSQL cannot start: port ${port} on 127.0.0.1 is taken.`);
    other.close();
  });

  it('wants a password, which only its owner can read and which can be lost', async () => {
    const password = `${dataDir}.password`;
    expect(statSync(password).mode & 0o777).toBe(0o600);
    const lost = readFileSync(password, 'utf8');
    rmSync(password);
    const postgres = await start();
    expect(postgres.url).not.toContain(lost);
    expect(await ask(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const stranger = `postgres://postgres:postgres@127.0.0.1:${postgres.port}/holdfast`;
    await expect(ask(stranger, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });
});

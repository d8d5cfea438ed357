import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run, startPostgres } from '#dev/servers';
import { root } from '../code.ts';
import { madeByTheUser } from '../compose/read-compose.ts';

export type Role = 'migrate' | 'command_api' | 'query_api' | 'projector';

export interface PostgresWithRoles {
  /** With the superuser's rights. */
  readonly adminUrl: string;
  readonly urlOf: (role: Role, password?: string) => string;
  /** Runs deploy/postgres/roles.sql as the image of PostgreSQL does; answers what psql said. */
  readonly makeRoles: (passwords?: NodeJS.ProcessEnv) => Promise<string>;
  stop(): Promise<void>;
}

export const psql = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'psql'))
  .find((path) => existsSync(path));

/** A PostgreSQL of the test's own, since roles are the whole server's: as the Compose file makes it. */
export async function startPostgresWithRoles(): Promise<PostgresWithRoles> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-roles-'));
  const server = await startPostgres({
    dataDir: join(directory, 'data'),
    logFile: join(directory, 'log'),
    durable: false,
    superuser: true,
  });
  const secrets = madeByTheUser();
  const makeRoles = (passwords: NodeJS.ProcessEnv = {}): Promise<string> =>
    run(psql ?? 'psql', ['--no-psqlrc', server.url, '-f', join(root, 'deploy', 'postgres', 'roles.sql')], {
      env: { PATH: process.env['PATH'], ...secrets, ...passwords },
    });
  const urlOf: PostgresWithRoles['urlOf'] = (role, password) => {
    const url = new URL(server.url);
    url.username = `holdfast_${role}`;
    url.password = password ?? secrets[`${role.toUpperCase()}_DATABASE_PASSWORD`] ?? '';
    return url.href;
  };
  await makeRoles();
  return {
    adminUrl: server.url,
    urlOf,
    makeRoles,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

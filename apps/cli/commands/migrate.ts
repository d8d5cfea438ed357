import { Command } from 'commander';
import { authMigrations } from '#auth';
import { numberMigrations, snapshotMigrations } from '#commands';
import { eventStoreMigrations } from '#event-store/postgres';
import { createPool, migrate, readConfig } from '#platform';
import { projectionMigrations } from '#projections';
import { isJson, print } from '../output.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the databases to what this release needs; run it before the services')
    .action(async (_options: unknown, command: Command) => {
      const config = readConfig(process.env);
      const applied = [
        ...(await migrateDatabase(config.databaseUrl, [
          ...authMigrations,
          ...snapshotMigrations,
          ...numberMigrations,
          ...projectionMigrations,
        ])),
        // EventStoreDB needs no tables.
        ...(config.eventStoreUrl.startsWith('postgres')
          ? await migrateDatabase(config.eventStoreUrl, eventStoreMigrations)
          : []),
      ];
      const text = applied.length === 0 ? 'Nothing to do: all is up to date.' : `Applied ${applied.join(', ')}.`;
      print(isJson(command), { applied }, text);
    });
}

async function migrateDatabase(url: string, migrations: Parameters<typeof migrate>[1]): Promise<string[]> {
  const pool = createPool({ url, connectionsMax: 1, name: 'holdfast-migrate' });
  try {
    return await migrate(pool, migrations);
  } finally {
    await pool.end();
  }
}

import { Command } from 'commander';
import { eventStoreMigrations } from '#event-store/postgres';
import { createPool, migrate, readConfig, type Migration } from '#platform';
import { databaseMigrations } from '../migrations.ts';
import { isJson, print } from '../output.ts';
import { grantRights } from '../roles/grant-rights.ts';
import { databaseRights, eventStoreRights, type Rights } from '../roles/rights.ts';

/** A migration may build an index over a whole table, or wait for another process that does. */
const timeouts = { connectMs: 3000, answerMs: 3_600_000 };

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('apply the migrations that this release needs; run it before starting the services')
    .action(async (_options: unknown, command: Command) => {
      const config = readConfig(process.env);
      const applied = [
        ...(await migrateDatabase(config.databaseUrl, databaseMigrations, databaseRights)),
        // EventStoreDB needs no tables.
        ...(config.eventStoreUrl.startsWith('postgres')
          ? await migrateDatabase(config.eventStoreUrl, eventStoreMigrations, eventStoreRights)
          : []),
      ];
      const text = applied.length === 0 ? 'Nothing to do: everything is up to date.' : `Applied ${applied.join(', ')}.`;
      print(isJson(command), { applied }, text);
    });
}

async function migrateDatabase(url: string, migrations: readonly Migration[], rights: Rights): Promise<string[]> {
  const pool = createPool({ url, connectionsMax: 1, name: 'holdfast-migrate', timeouts });
  try {
    const applied = await migrate(pool, migrations);
    await grantRights(pool, rights);
    return applied;
  } finally {
    await pool.end();
  }
}

import { eventStoreMigrations } from '#event-store/postgres';
import { createPool, migrate } from '#platform';
import { databaseMigrations } from '../../apps/cli/migrations.ts';

/** Prepares an empty database for all services. */
export async function migrateAll(url: string): Promise<void> {
  const pool = createPool({ url, connectionsMax: 1, name: 'bench' });
  try {
    await migrate(pool, [...databaseMigrations, ...eventStoreMigrations]);
  } finally {
    await pool.end();
  }
}

import { commandMigrations } from '#commands/migrations';
import { eventStoreMigrations } from '#event-store/postgres';
import { feedMigrations } from '#feeds';
import { authMigrations } from '#people';
import { createPool, migrate } from '#platform';
import { projectionMigrations } from '#projections';
import { webhookMigrations } from '#webhooks';

/** Prepares an empty database for all services. */
export async function migrateAll(url: string): Promise<void> {
  const pool = createPool({ url, connectionsMax: 1, name: 'bench' });
  try {
    const ours = [
      ...authMigrations,
      ...commandMigrations,
      ...projectionMigrations,
      ...feedMigrations,
      ...webhookMigrations,
    ];
    await migrate(pool, [...ours, ...eventStoreMigrations]);
  } finally {
    await pool.end();
  }
}

import { commandMigrations } from '#commands/migrations';
import { feedMigrations } from '#feeds';
import { authMigrations } from '#people';
import { serviceReportMigrations } from '#platform';
import { projectionMigrations } from '#projections';
import { webhookMigrations } from '#webhooks';

/** What DATABASE_URL needs for all services. The event store has its own, where it is PostgreSQL. */
export const databaseMigrations = [
  ...authMigrations,
  ...commandMigrations,
  ...projectionMigrations,
  ...feedMigrations,
  ...webhookMigrations,
  ...serviceReportMigrations,
];

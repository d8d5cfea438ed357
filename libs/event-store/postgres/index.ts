export { eventStoreMigrations } from './migrations.ts';
export { PostgresEventStore } from './postgres-event-store.ts';

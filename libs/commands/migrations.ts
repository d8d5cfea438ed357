import type { Migration } from '#platform';
import { numberMigrations } from './numbers.ts';
import { snapshotMigrations } from './snapshots.ts';

/** The tables of the command side: assigned numbers and snapshots of streams. */
export const commandMigrations: readonly Migration[] = [...snapshotMigrations, ...numberMigrations];

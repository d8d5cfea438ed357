import type { Migration } from '#platform';
import { groupMemberMigrations } from './group-members.ts';
import { lendReservationMigrations } from './lend-reservations.ts';
import { numberMigrations } from './numbers.ts';
import { orderNumberMigrations } from './order-numbers.ts';
import { purchaseReservationMigrations } from './purchase-reservations.ts';
import { snapshotMigrations } from './snapshots.ts';
import { uniqueValueMigrations } from './unique-values.ts';

/** The tables of the command side: assigned numbers, reservations of values, and snapshots of streams. */
export const commandMigrations: readonly Migration[] = [
  ...snapshotMigrations,
  ...numberMigrations,
  ...uniqueValueMigrations,
  ...groupMemberMigrations,
  ...orderNumberMigrations,
  ...lendReservationMigrations,
  ...purchaseReservationMigrations,
];

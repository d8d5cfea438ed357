import type { Migration, Pool } from '#platform';
import { Reservations } from './reservations.ts';

export const uniqueValueMigrations: readonly Migration[] = [
  {
    name: 'commands-6-unique-values',
    sql: `
      create table unique_values (
        kind text not null,
        value text collate "C" not null,
        owner text collate "C" not null,
        attempt uuid not null,
        record_by bigint not null,
        -- The record_by of the attempt that this one replaced.
        earlier bigint,
        constraint unique_values_key primary key (kind, value)
      )`,
  },
];

/** Values that only one owner may have, such as a SKU. */
export class UniqueValues extends Reservations {
  constructor(pool: Pool, reservedMs?: number) {
    super(pool, 'unique_values', reservedMs);
  }

  /** Who has reserved these values. */
  async ownersOf(kind: string, values: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<{ value: string; owner: string }>(
      'select value, owner from unique_values where kind = $1 and value = any($2)',
      [kind, values],
    );
    return new Map(rows.map(({ value, owner }) => [value, owner]));
  }
}

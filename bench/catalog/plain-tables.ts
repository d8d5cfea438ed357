import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { itemsProjection } from '#read-models';

export const plainTables = { ilike: 'plain_products', trgm: 'plain_products_trgm' } as const;
export type PlainTable = keyof typeof plainTables;

/** What a shop without Holdfast might have: the searched texts in one column, with and without an index of trigrams. */
export async function makePlainTables(pool: Pool): Promise<void> {
  const items = viewOf(itemsProjection);
  for (const table of Object.values(plainTables)) {
    await pool.query(
      `create table ${table} as select id, number, name, price, description, images, thumbnail, category_id, sku, tags,
         featured, created_at, concat_ws(' ', name, description, tags, sku) as text from ${items}`,
    );
    await pool.query(`create index on ${table} (number)`);
  }
  await pool.query('create extension pg_trgm');
  await pool.query(`create index on ${plainTables.trgm} using gin (text gin_trgm_ops)`);
  for (const table of Object.values(plainTables)) await pool.query(`vacuum (analyze) ${table}`);
}

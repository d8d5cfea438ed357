import { Pool } from 'pg';

/**
 * What a careful developer would use: the id of a purchase is its idempotency key, stock cannot become negative, and
 * updates touch no index. No foreign key, in favour of the rivals, because its check would lock the row of the item
 * again.
 */
const tables = `
  create table if not exists items (
    id uuid primary key,
    provided int not null,
    stock int not null check (stock >= 0)
  ) with (fillfactor = 50);
  create table if not exists purchases (
    id uuid primary key,
    item_id uuid not null,
    customer_id uuid not null,
    quantity int not null,
    purchased_at timestamptz not null default now()
  );
`;

/** A pool with the tables created and all connections open. */
export async function openStockTables(url: string, connections: number): Promise<Pool> {
  const pool = new Pool({ connectionString: url, min: connections, max: connections });
  await pool.query(tables);
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
  return pool;
}

export async function provideRows(
  pool: Pool,
  items: readonly string[],
  units: number,
  purchasesBefore: number,
): Promise<void> {
  await pool.query(
    'insert into items (id, provided, stock) select id, $2::int, $2::int - $3::int from unnest($1::uuid[]) id',
    [items, units, purchasesBefore],
  );
  await pool.query(
    `insert into purchases (id, item_id, customer_id, quantity)
     select gen_random_uuid(), id, gen_random_uuid(), 1 from unnest($1::uuid[]) id, generate_series(1, $2::int)`,
    [items, purchasesBefore],
  );
}

/** The number of purchases, which must equal the units missing from the items. */
export async function recordedRows(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ recorded: number; missing: number }>(
    `select (select coalesce(sum(quantity), 0) from purchases)::int as recorded,
       (select coalesce(sum(provided - stock), 0) from items)::int as missing`,
  );
  const { recorded, missing } = rows[0] ?? { recorded: 0, missing: 0 };
  if (recorded !== missing) throw new Error(`${recorded} purchases, but ${missing} units gone`);
  return recorded;
}

import { Pool, type PoolClient } from 'pg';
import { inTransaction, openPool } from './transaction.ts';

/** What a borrower asks for. The id is the same for every attempt: the idempotency key. */
export interface WantedLend {
  readonly id: string;
  readonly borrower: string;
  readonly item: string;
  readonly inventoryId: number;
  readonly quantity: number;
  readonly dueAt: Date | null;
}

export interface LendRow {
  readonly number: number;
  readonly item: string;
  readonly inventoryId: number;
  readonly quantity: number;
  readonly lentAt: Date;
  readonly dueAt: Date | null;
  readonly returnedAt: Date | null;
}

export interface LendTables {
  /** Undefined if there are not enough units. */
  lend(wanted: WantedLend): Promise<LendRow | undefined>;
  /** Undefined if there is no such lend, or it is back. */
  giveBack(number: number, borrower: string): Promise<LendRow | undefined>;
  close(): Promise<void>;
}

/**
 * What a careful developer would use: the id of a lend is its idempotency key, stock cannot become negative, and updates
 * of it touch no index. No foreign keys, in favour of the rival, because their checks would lock rows again.
 */
const tables = `
  create table stocks (
    item_id text collate "C" not null,
    inventory_id int not null,
    provided int not null,
    qty int not null check (qty >= 0),
    primary key (item_id, inventory_id)
  ) with (fillfactor = 50);
  create table lends (
    id uuid primary key,
    number bigint generated always as identity unique,
    user_id text not null,
    item_id text not null,
    inventory_id int not null,
    qty int not null,
    lent_at timestamptz not null default now(),
    due_at timestamptz,
    returned_at timestamptz
  ) with (fillfactor = 70);
`;

const columns = `number::float8 as number, item_id as item, inventory_id as "inventoryId", qty as quantity,
  lent_at as "lentAt", due_at as "dueAt", returned_at as "returnedAt"`;
const lock = { name: 'lock', text: 'select qty from stocks where item_id = $1 and inventory_id = $2 for update' };
const change = { name: 'change', text: 'update stocks set qty = qty + $3 where item_id = $1 and inventory_id = $2' };
const insert = {
  name: 'insert',
  text: `insert into lends (id, user_id, item_id, inventory_id, qty, due_at) values ($1, $2, $3, $4, $5, $6)
    returning ${columns}`,
};
const lockLend = {
  name: 'lock-lend',
  text: 'select returned_at as "returnedAt" from lends where number = $1 and user_id = $2 for update',
};
const end = { name: 'end', text: `update lends set returned_at = now() where number = $1 returning ${columns}` };

/** The way of requirement 003: BEGIN; SELECT … FOR UPDATE; UPDATE; INSERT; COMMIT. */
export async function openLendTables(
  url: string,
  connections: number,
  { items, inventoryId, units }: { readonly items: readonly string[]; readonly inventoryId: number; units: number },
): Promise<LendTables> {
  const pool = await openPool(url, connections);
  await pool.query(tables);
  await pool.query({
    text: `insert into stocks select id, $2::int, $3::int, $3::int from unnest($1::text[]) id`,
    values: [items, inventoryId, units],
  });
  return {
    lend: (wanted) => inTransaction(pool, (client) => lend(client, wanted)),
    giveBack: (number, borrower) => inTransaction(pool, (client) => giveBack(client, number, borrower)),
    close: () => pool.end(),
  };
}

async function lend(
  client: PoolClient,
  { id, borrower, item, inventoryId, quantity, dueAt }: WantedLend,
): Promise<LendRow | undefined> {
  const { rows } = await client.query<{ qty: number }>({ ...lock, values: [item, inventoryId] });
  if ((rows[0]?.qty ?? 0) < quantity) return undefined;
  await client.query({ ...change, values: [item, inventoryId, -quantity] });
  const lent = await client.query<LendRow>({ ...insert, values: [id, borrower, item, inventoryId, quantity, dueAt] });
  return lent.rows[0];
}

async function giveBack(client: PoolClient, number: number, borrower: string): Promise<LendRow | undefined> {
  const { rows } = await client.query<Pick<LendRow, 'returnedAt'>>({ ...lockLend, values: [number, borrower] });
  if (rows[0]?.returnedAt !== null) return undefined;
  const ended = await client.query<LendRow>({ ...end, values: [number] });
  const [row] = ended.rows;
  if (row !== undefined) await client.query({ ...change, values: [row.item, row.inventoryId, row.quantity] });
  return row;
}

/** The number of lends. Throws unless the units that are out are exactly those missing from the stocks. */
export async function recordedLendRows(url: string): Promise<number> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<Record<'lends' | 'wrong', number>>(
      `select (select count(*) from lends)::int as lends,
         (select count(*) from stocks left join
           (select item_id, inventory_id, sum(qty) as out from lends where returned_at is null group by 1, 2) open
             using (item_id, inventory_id)
           where qty < 0 or provided - qty <> coalesce(out, 0))::int as wrong`,
    );
    const { lends, wrong } = rows[0] ?? { lends: 0, wrong: 0 };
    if (wrong > 0) throw new Error(`${wrong} stocks have lost or gained units`);
    return lends;
  } finally {
    await pool.end();
  }
}

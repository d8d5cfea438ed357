import { Pool, type PoolClient } from 'pg';
import { inTransaction, openPool } from './transaction.ts';

/** What somebody accepts of a request. The id is the same for every attempt: the idempotency key. */
export interface WantedAcceptance {
  readonly id: string;
  readonly accepter: string;
  readonly request: number;
  readonly quantity: number;
}

export interface AcceptanceRow {
  readonly number: number;
  readonly acceptedAt: Date;
  readonly currentQty: number;
}

export interface AcceptanceTables {
  /** Undefined if the request is not open. */
  accept(wanted: WantedAcceptance): Promise<AcceptanceRow | undefined>;
  close(): Promise<void>;
}

/** What a careful developer would use; no foreign keys, in favour of the rival, because their checks lock rows again. */
const tables = `
  create table requests (
    number bigint primary key,
    required_qty int not null,
    current_qty int not null default 0,
    status text not null default 'open'
  ) with (fillfactor = 50);
  create table accepters (
    id uuid primary key,
    number bigint generated always as identity unique,
    request_number bigint not null,
    user_id text not null,
    qty int not null,
    accepted_at timestamptz not null default now()
  );
`;

const lock = { name: 'lock', text: 'select status from requests where number = $1 for update' };
const insert = {
  name: 'insert',
  text: `insert into accepters (id, request_number, user_id, qty) values ($1, $2, $3, $4)
    returning number::float8 as number, accepted_at as "acceptedAt"`,
};
const change = {
  name: 'change',
  text: `update requests set current_qty = current_qty + $2,
      status = case when current_qty + $2 >= required_qty then 'completed' else status end
    where number = $1 returning current_qty as "currentQty"`,
};

/** BEGIN; SELECT … FOR UPDATE; INSERT; UPDATE; COMMIT. */
export async function openAcceptanceTables(
  url: string,
  connections: number,
  { requests, requiredQty }: { readonly requests: number; readonly requiredQty: number },
): Promise<AcceptanceTables> {
  const pool = await openPool(url, connections);
  await pool.query(tables);
  await pool.query({
    text: 'insert into requests (number, required_qty) select number, $2 from generate_series(1, $1::int) number',
    values: [requests, requiredQty],
  });
  return {
    accept: (wanted) => inTransaction(pool, (client) => accept(client, wanted)),
    close: () => pool.end(),
  };
}

async function accept(
  client: PoolClient,
  { id, accepter, request, quantity }: WantedAcceptance,
): Promise<AcceptanceRow | undefined> {
  const { rows } = await client.query<{ status: string }>({ ...lock, values: [request] });
  if (rows[0]?.status !== 'open') return undefined;
  const made = await client.query<Omit<AcceptanceRow, 'currentQty'>>({
    ...insert,
    values: [id, request, accepter, quantity],
  });
  const changed = await client.query<Pick<AcceptanceRow, 'currentQty'>>({ ...change, values: [request, quantity] });
  const [acceptance] = made.rows;
  return acceptance && { ...acceptance, currentQty: changed.rows[0]?.currentQty ?? 0 };
}

/** The number of acceptances. Throws unless each request has what was accepted of it. */
export async function recordedAcceptanceRows(url: string): Promise<number> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<Record<'accepters' | 'wrong', number>>(
      `select (select count(*) from accepters)::int as accepters,
         (select count(*) from requests left join
           (select request_number, sum(qty) as accepted from accepters group by 1) each on request_number = number
           where current_qty <> coalesce(accepted, 0))::int as wrong`,
    );
    const { accepters, wrong } = rows[0] ?? { accepters: 0, wrong: 0 };
    if (wrong > 0) throw new Error(`${wrong} requests have not what was accepted`);
    return accepters;
  } finally {
    await pool.end();
  }
}

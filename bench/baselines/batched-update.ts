import type { Pool } from 'pg';
import type { OpenContender, Purchase } from '../harness/contender.ts';
import { openStockTables, provideRows, recordedRows } from './stock-tables.ts';

const batchMax = 1000;

interface Waiting extends Purchase {
  readonly settle: (answer: 'bought' | 'rejected') => void;
  readonly fail: (error: unknown) => void;
}

// Rows are locked in one order, so that two batches cannot deadlock. Within a batch, requests are served in order of
// arrival; those served are in the purchases.
const buyAll = {
  name: 'buy-all',
  text: `
    with wanted as (
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality w(id, item_id, customer_id, place)
    ), locked as materialized (
      select id, stock from items where id = any($2) order by id for update
    ), served as (
      select w.id, w.item_id, w.customer_id, l.stock, row_number() over (partition by w.item_id order by w.place) as nth
      from wanted w join locked l on l.id = w.item_id
    ), bought as (
      insert into purchases (id, item_id, customer_id, quantity)
      select id, item_id, customer_id, 1 from served where nth <= stock
      on conflict (id) do nothing returning id, item_id, quantity
    ), taken as (
      update items set stock = stock - b.units
      from (select item_id, sum(quantity) as units from bought group by item_id) b where items.id = b.item_id
    )
    select id from bought`,
};

/** All requests waiting when a connection becomes free are sent in one statement: group commit. */
export const openBatchedUpdate: OpenContender = async ({ postgres }, connections) => {
  const pool = await openStockTables(postgres, connections);
  let waiting: Waiting[] = [];
  let callsInFlight = 0;
  const pump = (): void => {
    while (waiting.length > 0 && callsInFlight < connections) {
      const batch = waiting.slice(0, batchMax);
      waiting = waiting.slice(batchMax);
      callsInFlight += 1;
      void commit(pool, batch).finally(() => {
        callsInFlight -= 1;
        pump();
      });
    }
  };
  return {
    provide: (items, units, purchasesBefore) => provideRows(pool, items, units, purchasesBefore),
    purchase: (purchase) =>
      new Promise((settle, fail) => {
        waiting.push({ ...purchase, settle, fail });
        // Requests of the same turn of the event loop are included.
        if (waiting.length === 1) setImmediate(pump);
      }),
    recorded: () => recordedRows(pool),
    close: () => pool.end(),
  };
};

async function commit(pool: Pool, batch: readonly Waiting[]): Promise<void> {
  try {
    const values = [batch.map(({ id }) => id), batch.map(({ item }) => item), batch.map(({ customer }) => customer)];
    const { rows } = await pool.query<{ id: string }>({ ...buyAll, values });
    const bought = new Set(rows.map(({ id }) => id));
    for (const { id, settle } of batch) settle(bought.has(id) ? 'bought' : 'rejected');
  } catch (error) {
    for (const { fail } of batch) fail(error);
  }
}

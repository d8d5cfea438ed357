import type { PoolClient } from 'pg';
import type { OpenContender, Purchase } from '../harness/contender.ts';
import { openStockTables, provideRows, recordedRows } from './stock-tables.ts';

/** Locks, reads and updates the row and inserts a purchase: five statements in one transaction. */
export const openSelectForUpdate: OpenContender = async ({ postgres }, connections) => {
  const pool = await openStockTables(postgres, connections);
  return {
    provide: (items, units, purchasesBefore) => provideRows(pool, items, units, purchasesBefore),
    purchase: async (purchase) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const answer = await buy(client, purchase);
        await client.query('commit');
        return answer;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    recorded: () => recordedRows(pool),
    close: () => pool.end(),
  };
};

async function buy(client: PoolClient, { id, item, customer }: Purchase): Promise<'bought' | 'rejected'> {
  const lock = { name: 'lock', text: 'select stock from items where id = $1 for update' };
  const { rows } = await client.query<{ stock: number }>({ ...lock, values: [item] });
  const [row] = rows;
  if (row === undefined || row.stock < 1) return 'rejected';
  const take = { name: 'take', text: 'update items set stock = stock - $2 where id = $1' };
  await client.query({ ...take, values: [item, 1] });
  const record = {
    name: 'record',
    text: 'insert into purchases (id, item_id, customer_id, quantity) values ($1, $2, $3, $4)',
  };
  await client.query({ ...record, values: [id, item, customer, 1] });
  return 'bought';
}

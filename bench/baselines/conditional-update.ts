import type { OpenContender } from '../harness/contender.ts';
import { openStockTables, provideRows, recordedRows } from './stock-tables.ts';

// One statement is one round trip and one short lock.
const buy = {
  name: 'buy',
  text: `with taken as (update items set stock = stock - $4 where id = $2 and stock >= $4 returning id)
    insert into purchases (id, item_id, customer_id, quantity) select $1, id, $3, $4 from taken`,
};

/** The database decides: the update matches the row only if there is enough stock. */
export const openConditionalUpdate: OpenContender = async ({ postgres }, connections) => {
  const pool = await openStockTables(postgres, connections);
  return {
    provide: (items, units, purchasesBefore) => provideRows(pool, items, units, purchasesBefore),
    purchase: async ({ id, item, customer }) => {
      const { rowCount } = await pool.query({ ...buy, values: [id, item, customer, 1] });
      return rowCount === 1 ? 'bought' : 'rejected';
    },
    recorded: () => recordedRows(pool),
    close: () => pool.end(),
  };
};

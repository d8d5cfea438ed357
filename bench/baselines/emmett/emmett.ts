import { CommandHandler, type Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import type { Contender, OpenContender } from '../../harness/contender.ts';
import { eachOf } from '../../harness/each-of.ts';

type StockEvent =
  | Event<'UnitsProvided', { quantity: number }>
  | Event<'UnitsPurchased', { purchaseId: string; customerId: string; quantity: number }>;

interface Stock {
  readonly available: number;
}

const initialState = (): Stock => ({ available: 0 });

function evolve(stock: Stock, { type, data }: StockEvent): Stock {
  switch (type) {
    case 'UnitsProvided':
      return { available: stock.available + data.quantity };
    case 'UnitsPurchased':
      return { available: stock.available - data.quantity };
  }
}

// Retries after conflicts, as its documentation recommends for concurrent writers.
const handle = CommandHandler<Stock, StockEvent>({ evolve, initialState, retry: { onVersionConflict: true } });

/** Emmett's command handler on its PostgreSQL store: each command reads its stream, decides and appends. */
export const openEmmett: OpenContender = async ({ postgres }, connections) => {
  const pool = new pg.Pool({ connectionString: postgres, min: connections, max: connections });
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
  const store = getPostgreSQLEventStore(postgres, { connectionOptions: { pool } });
  await store.schema.migrate();

  const purchase: Contender['purchase'] = async ({ id, item, customer }) => {
    const { newEvents } = await handle(store, streamOf(item), ({ available }) =>
      available < 1
        ? []
        : [{ type: 'UnitsPurchased', data: { purchaseId: id, customerId: customer, quantity: 1 } } as const],
    );
    return newEvents.length > 0 ? 'bought' : 'rejected';
  };
  return {
    purchase,
    provide: async (items, quantity, purchasesBefore) => {
      // Only the preparation may be asynchronous.
      const hasty = getPostgreSQLEventStore(`${postgres}?options=-c%20synchronous_commit%3Doff`);
      await eachOf(items, async (item) => {
        const earlier = Array.from({ length: purchasesBefore }, () => {
          const data = { purchaseId: crypto.randomUUID(), customerId: crypto.randomUUID(), quantity: 1 };
          return { type: 'UnitsPurchased', data } as const;
        });
        await hasty.appendToStream<StockEvent>(streamOf(item), [
          { type: 'UnitsProvided', data: { quantity } },
          ...earlier,
        ]);
      });
      await hasty.close();
    },
    recorded: () => countPurchases(pool),
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};

function streamOf(item: string): string {
  return `stock-${item}`;
}

async function countPurchases(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ recorded: number; oversold: number }>(
    `with balances as (
       select stream_id,
         count(*) filter (where message_type = 'UnitsPurchased') as bought,
         sum(case when message_type = 'UnitsProvided' then (message_data ->> 'quantity')::int else 0 end) as provided
       from emt_messages group by stream_id
     )
     select coalesce(sum(bought), 0)::int as recorded, count(*) filter (where bought > provided)::int as oversold
     from balances`,
  );
  const { recorded, oversold } = rows[0] ?? { recorded: 0, oversold: 0 };
  if (oversold > 0) throw new Error(`${oversold} streams sold more than they had`);
  return recorded;
}

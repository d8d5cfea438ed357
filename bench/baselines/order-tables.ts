import { Pool, type PoolClient } from 'pg';
import type { PlaceOrderDto } from '../../apps/command-api/orders/orders.dto.ts';

/** What a customer asks for. The id is the same for every attempt: the idempotency key. */
export interface WantedOrder extends Pick<PlaceOrderDto, 'items' | 'shippingInfo' | 'paymentMethod'> {
  readonly id: string;
  readonly customer: string;
}

/** One line that was taken from stock, with the name and price of the moment. */
export interface TakenLine {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly thumbnail: string | null;
  readonly quantity: number;
}

export interface PlacedOrder {
  readonly number: string;
  readonly createdAt: Date;
  readonly total: number;
  readonly lines: readonly TakenLine[];
}

/** Takes all lines from stock; undefined if there are not enough units of one of them. */
export type TakeLines = (client: PoolClient, wanted: WantedOrder) => Promise<readonly TakenLine[] | undefined>;

export interface OrderTables {
  /** Undefined if the order is rejected. */
  place(wanted: WantedOrder): Promise<PlacedOrder | undefined>;
  close(): Promise<void>;
}

/**
 * What a careful developer would use: the id of an order is its idempotency key, stock cannot become negative, and
 * updates touch no index. No foreign keys, in favour of the rivals, because their checks would lock rows again.
 */
const tables = `
  create table items (
    id text collate "C" primary key,
    name text not null,
    price int not null,
    thumbnail text,
    provided int not null,
    stock int not null check (stock >= 0)
  ) with (fillfactor = 50);
  create table orders (
    id uuid primary key,
    number bigint generated always as identity,
    customer_id text not null,
    payment_method text not null,
    total int not null,
    status text not null default 'pending',
    created_at timestamptz not null default now()
  );
  create table order_lines (
    order_id uuid not null,
    item_id text not null,
    name text not null,
    price int not null,
    thumbnail text,
    quantity int not null,
    primary key (order_id, item_id)
  );
  create table order_contacts (
    order_id uuid primary key,
    recipient_name text not null,
    recipient_phone text not null,
    city text not null,
    district text not null,
    address text not null,
    postal_code text not null
  );
`;

const insertOrder = {
  name: 'insert-order',
  text: `insert into orders (id, customer_id, payment_method, total) values ($1, $2, $3, $4)
    returning number, created_at as "createdAt"`,
};
const insertLines = {
  name: 'insert-lines',
  text: `insert into order_lines (order_id, item_id, name, price, thumbnail, quantity)
    select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::int[])`,
};
const insertContact = {
  name: 'insert-contact',
  text: `insert into order_contacts
      (order_id, recipient_name, recipient_phone, city, district, address, postal_code)
    values ($1, $2, $3, $4, $5, $6, $7)`,
};

/** Orders in one transaction each: `take` decides, and the order, its lines and its contact are inserted. */
export async function openOrderTables(
  url: string,
  connections: number,
  { items, units }: { readonly items: readonly string[]; readonly units: number },
  take: TakeLines,
): Promise<OrderTables> {
  const pool = new Pool({ connectionString: url, min: connections, max: connections });
  await pool.query(tables);
  await pool.query({
    text: `insert into items (id, name, price, provided, stock)
      select id, 'x', 1, $2::int, $2::int from unnest($1::text[]) id`,
    values: [items, units],
  });
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
  const place = async (client: PoolClient, wanted: WantedOrder): Promise<PlacedOrder | undefined> => {
    const lines = await take(client, wanted);
    return lines && insert(client, wanted, lines);
  };
  return {
    place: async (wanted) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const placed = await place(client, wanted);
        await client.query(placed === undefined ? 'rollback' : 'commit');
        return placed;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

async function insert(
  client: PoolClient,
  { id, customer, paymentMethod, shippingInfo }: WantedOrder,
  lines: readonly TakenLine[],
): Promise<PlacedOrder> {
  const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const order = { ...insertOrder, values: [id, customer, paymentMethod, total] };
  const { rows } = await client.query<Pick<PlacedOrder, 'number' | 'createdAt'>>(order);
  const [made] = rows;
  if (made === undefined) throw new Error('the order was not inserted');
  const columns = [
    lines.map((line) => line.id),
    lines.map(({ name }) => name),
    lines.map(({ price }) => price),
    lines.map(({ thumbnail }) => thumbnail),
    lines.map(({ quantity }) => quantity),
  ];
  await client.query({ ...insertLines, values: [id, ...columns] });
  const { recipientName, recipientPhone, city, district, address, postalCode } = shippingInfo;
  const contact = [recipientName, recipientPhone, city, district, address, postalCode];
  await client.query({ ...insertContact, values: [id, ...contact] });
  return { ...made, total, lines };
}

/** The number of orders. Throws unless their lines are exactly the units missing from the items, and each has three. */
export async function recordedOrderRows(url: string, linesEach: number): Promise<number> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<Record<'orders' | 'lines' | 'contacts' | 'wrong', number>>(
      `select (select count(*) from orders)::int as orders,
         (select count(*) from order_lines)::int as lines,
         (select count(*) from order_contacts)::int as contacts,
         (select count(*) from items left join
           (select item_id, sum(quantity) as sold from order_lines group by item_id) sales on item_id = id
           where stock < 0 or provided - stock <> coalesce(sold, 0))::int as wrong`,
    );
    const { orders, lines, contacts, wrong } = rows[0] ?? { orders: 0, lines: 0, contacts: 0, wrong: 0 };
    if (wrong > 0) throw new Error(`${wrong} items have lost or gained units`);
    if (lines !== orders * linesEach || contacts !== orders) {
      throw new Error(`${orders} orders have ${lines} lines and ${contacts} contacts`);
    }
    return orders;
  } finally {
    await pool.end();
  }
}

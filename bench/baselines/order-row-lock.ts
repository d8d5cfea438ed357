import type { TakeLines, TakenLine } from './order-tables.ts';

const lock = {
  name: 'lock',
  text: `select id, name, price, thumbnail, stock from items where id = any($1::text[]) order by id for update`,
};
const take = {
  name: 'take',
  text: `update items set stock = stock - wanted.quantity
    from unnest($1::text[], $2::int[]) as wanted (id, quantity) where items.id = wanted.id`,
};

/** Locks all rows in the order of their ids, so that no two orders wait for each other, and decides. */
export const takeByRowLock: TakeLines = async (client, { items }) => {
  const ids = items.map(({ id }) => id);
  const { rows } = await client.query<Omit<TakenLine, 'quantity'> & { stock: number }>({ ...lock, values: [ids] });
  const found = new Map(rows.map((row) => [row.id, row]));
  const lines: TakenLine[] = [];
  for (const { id, quantity } of items) {
    const row = found.get(id);
    if (row === undefined || row.stock < quantity) return undefined;
    lines.push({ id, name: row.name, price: row.price, thumbnail: row.thumbnail, quantity });
  }
  await client.query({ ...take, values: [ids, items.map(({ quantity }) => quantity)] });
  return lines;
};

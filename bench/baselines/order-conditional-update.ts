import type { TakeLines, TakenLine } from './order-tables.ts';

const take = {
  name: 'take',
  text: `update items set stock = stock - $2 where id = $1 and stock >= $2 returning id, name, price, thumbnail`,
};

/** One update per line: one for all would lock its rows in any order, and orders could wait for each other. */
export const takeByConditionalUpdate: TakeLines = async (client, { items }) => {
  const lines: TakenLine[] = [];
  for (const { id, quantity } of items.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { rows } = await client.query<Omit<TakenLine, 'quantity'>>({ ...take, values: [id, quantity] });
    const [row] = rows;
    if (row === undefined) return undefined;
    lines.push({ ...row, quantity });
  }
  return lines;
};

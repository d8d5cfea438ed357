import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { itemsProjection } from './projection.ts';

export interface Item {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly price: number;
}

export class ItemQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** By id, or by number: wherever an item's id is expected, digits are its number. */
  async find(idOrNumber: string): Promise<Item | undefined> {
    const column = /^\d{1,15}$/.test(idOrNumber) ? 'number' : 'id';
    const { rows } = await this.#pool.query<{ id: string; number: string; name: string; price: string }>({
      name: `item-by-${column}`,
      text: `select id, number, name, price from ${viewOf(itemsProjection)} where ${column} = $1`,
      values: [idOrNumber],
    });
    const row = rows[0];
    return row && { id: row.id, number: Number(row.number), name: row.name, price: Number(row.price) };
  }
}

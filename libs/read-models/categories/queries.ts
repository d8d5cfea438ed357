import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { categoriesProjection } from './projection.ts';
import type { CategoryId } from '#domain';

export interface Category {
  readonly categoryId: CategoryId;
  readonly number: number;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly icon: string;
  readonly rank: number;
}

/** A shop has some dozens; beyond this the list is cut. */
const listedMax = 10_000;

const columns = 'id as "categoryId", number, name, slug, description, icon, rank';

export class CategoryQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async all(): Promise<readonly Category[]> {
    const { rows } = await this.#pool.query<Category>({
      name: 'categories',
      text: `select ${columns} from ${viewOf(categoriesProjection)} order by rank, number limit $1`,
      values: [listedMax],
    });
    return rows;
  }

  /** By id or number. */
  async find(idOrNumber: string): Promise<Category | undefined> {
    const isNumber = /^\d+$/.test(idOrNumber);
    const { rows } = await this.#pool.query<Category>({
      name: isNumber ? 'category-by-number' : 'category-by-id',
      text: `select ${columns} from ${viewOf(categoriesProjection)} where ${isNumber ? 'number' : 'id'} = $1`,
      values: [idOrNumber],
    });
    return rows[0];
  }
}

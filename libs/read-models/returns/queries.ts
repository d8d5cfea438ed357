import { stockOfStream, stockStream, type StockId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { rowsIfBuilt } from '../rows-if-built.ts';
import { returnsProjection } from './projection.ts';

/** Units that were given back at once. */
export interface ReturnedUnits {
  readonly sourceId: string;
  readonly stock: StockId;
  readonly quantity: number;
  /** Units of the source that this stock has back in all. */
  readonly returnedQuantity: number;
  readonly reason: string | null;
  readonly at: Date;
  /** The user who gave them back, or took them. */
  readonly actor: string | null;
}

interface Stored extends Omit<ReturnedUnits, 'stock'> {
  readonly stock: string;
}

const returns = viewOf(returnsProjection);
const columns = `source_id as "sourceId", stock, quantity, returned_quantity as "returnedQuantity", reason, at, actor`;

export class ReturnQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** What was given back last of each of these purchases, holds and orders, by stock. */
  async lastOf(sourceIds: readonly string[]): Promise<readonly ReturnedUnits[]> {
    if (sourceIds.length === 0) return [];
    const query = this.#pool.query<Stored>({
      name: 'last-returns-of-sources',
      text: `select distinct on (source_id, stock) ${columns} from ${returns}
        where source_id = any($1) order by source_id, stock, number desc`,
      values: [sourceIds],
    });
    return (await rowsIfBuilt(query)).map(returnedOf);
  }

  /** How many units of each of these were given back, by their ids; 0 for the others. */
  async quantitiesOf(sourceIds: readonly string[]): Promise<{ of(sourceId: string): number }> {
    const last = await this.lastOf(sourceIds);
    const quantities = new Map(last.map(({ sourceId, returnedQuantity }) => [sourceId, returnedQuantity]));
    return { of: (sourceId) => quantities.get(sourceId) ?? 0 };
  }

  /** Everything that was given back of one, in the order in which it happened. */
  async of(sourceId: string): Promise<readonly ReturnedUnits[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'returns-of-source',
      text: `select ${columns} from ${returns} where source_id = $1 order by at, stock, number`,
      values: [sourceId],
    });
    return rows.map(returnedOf);
  }

  /**
   * Units of the source that the stock had back when it had taken back so many times. Undefined unless all of that is
   * here: the table may lag, or be without a stream that an operator has skipped.
   */
  async complete(stock: StockId, sourceId: string, upTo: number): Promise<number | undefined> {
    const query = this.#pool.query<{ count: number; returned: number | null }>({
      name: 'returns-of-source-complete',
      text: `select (select count(*) from ${returns} where stock = $1 and number <= $3) as count,
        (select returned_quantity from ${returns} where stock = $1 and source_id = $2 and number <= $3
          order by number desc limit 1) as returned`,
      values: [stockStream(stock), sourceId, upTo],
    });
    const [found] = await rowsIfBuilt(query);
    return found?.count === upTo ? (found.returned ?? 0) : undefined;
  }
}

function returnedOf(row: Stored): ReturnedUnits {
  const stock = stockOfStream(row.stock);
  if (stock === undefined) throw new Error(`${row.stock} is not the name of a stock`);
  return { ...row, stock };
}

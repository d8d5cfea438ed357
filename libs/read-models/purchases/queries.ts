import { stockOfStream, type StockId, type CustomerId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { rowsIfBuilt } from '../rows-if-built.ts';
import { purchasesProjection } from './projection.ts';

export interface Purchase {
  readonly purchaseId: string;
  readonly stock: StockId;
  readonly customerId: CustomerId;
  readonly quantity: number;
  /** Units available after it. */
  readonly remaining: number;
  readonly at: Date;
}

interface Stored {
  readonly purchase_id: string;
  readonly stock: string;
  readonly customer_id: string;
  readonly quantity: number;
  readonly remaining: number;
  readonly at: Date;
}

const columns = 'purchase_id, stock, customer_id, quantity, remaining, at';

export class PurchaseQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(purchaseId: string): Promise<Purchase | undefined> {
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${viewOf(purchasesProjection)} where purchase_id = $1 limit 1`,
      [purchaseId],
    );
    return rows[0] && purchaseOf(rows[0]);
  }

  /** The stock of a purchase, and the revision at which the table has seen it. */
  async placeOf(purchaseId: string): Promise<{ readonly stock: StockId; readonly revision: number } | undefined> {
    const query = this.#pool.query<{ stock: string; revision: number }>({
      name: 'place-of-purchase',
      text: `select stock, revision from ${viewOf(purchasesProjection)} where purchase_id = $1 limit 1`,
      values: [purchaseId],
    });
    const [row] = await rowsIfBuilt(query);
    const stock = row && stockOfStream(row.stock);
    return stock && { stock, revision: row.revision };
  }

  /** The newest first. */
  async page(customerId: CustomerId, paging: Paging): Promise<Page<Purchase>> {
    const { limit, offset } = rowsToRead(paging);
    const [at, purchaseId] = 'after' in paging ? placeOf(paging.after) : [null, null];
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${viewOf(purchasesProjection)}
       where customer_id = $1 and ($2::timestamptz is null or (at, purchase_id) < ($2, $3::text))
       order by at desc, purchase_id desc limit $4 offset $5`,
      [customerId, at, purchaseId, limit, offset],
    );
    return pageOf(rows.map(purchaseOf), paging, 'page' in paging ? await this.#count(customerId) : null);
  }

  /** The key after which the next page starts. */
  after({ at, purchaseId }: Purchase): string {
    return `${at.toISOString()} ${purchaseId}`;
  }

  async #count(customerId: CustomerId): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from ${viewOf(purchasesProjection)} where customer_id = $1`,
      [customerId],
    );
    return rows[0]?.count ?? 0;
  }
}

function placeOf(after: string): [at: string, purchaseId: string] {
  const [at = '', purchaseId = ''] = after.split(' ', 2);
  return [at, purchaseId];
}

function purchaseOf(row: Stored): Purchase {
  const stock = stockOfStream(row.stock);
  if (stock === undefined) throw new Error(`${row.stock} is not the name of a stock`);
  return {
    purchaseId: row.purchase_id,
    stock,
    customerId: row.customer_id,
    quantity: row.quantity,
    remaining: row.remaining,
    at: row.at,
  };
}

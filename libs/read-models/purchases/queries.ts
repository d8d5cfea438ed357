import { labelsOf, stockOfStream, stockStream, type CustomerId, type Labels, type StockId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import type { StoredLabels } from '../labels.ts';
import { countedMax, countedPageOf, keyByTime, placeByTime, rowsToRead } from '../paging.ts';
import type { CountedPage, Paging } from '../paging.ts';
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
  readonly labels?: Labels | undefined;
}

/** Every condition that is given must hold. */
export interface PurchaseFilter {
  readonly customerId?: CustomerId | undefined;
  readonly stock?: StockId | undefined;
  readonly reference?: string | undefined;
  /** Bought at this time or later. */
  readonly from?: Date | undefined;
  /** Bought before this time. */
  readonly to?: Date | undefined;
}

interface Stored extends StoredLabels {
  readonly purchase_id: string;
  readonly stock: string;
  readonly customer_id: string;
  readonly quantity: number;
  readonly remaining: number;
  readonly at: Date;
}

const purchases = viewOf(purchasesProjection);
const columns = 'purchase_id, stock, customer_id, quantity, remaining, at, reference, metadata';

export class PurchaseQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(purchaseId: string): Promise<Purchase | undefined> {
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${purchases} where purchase_id = $1 limit 1`,
      [purchaseId],
    );
    return rows[0] && purchaseOf(rows[0]);
  }

  /** The stock of a purchase, and the revision at which the table has seen it. */
  async placeOf(purchaseId: string): Promise<{ readonly stock: StockId; readonly revision: number } | undefined> {
    const query = this.#pool.query<{ stock: string; revision: number }>({
      name: 'place-of-purchase',
      text: `select stock, revision from ${purchases} where purchase_id = $1 limit 1`,
      values: [purchaseId],
    });
    const [row] = await rowsIfBuilt(query);
    const stock = row && stockOfStream(row.stock);
    return stock && { stock, revision: row.revision };
  }

  /** The newest first. */
  async page(filter: PurchaseFilter, paging: Paging): Promise<CountedPage<Purchase>> {
    const wanted = wantedOf(filter);
    const [rows, count] = await Promise.all([
      this.#read(wanted, paging),
      'page' in paging ? this.#countUpTo(wanted) : null,
    ]);
    return countedPageOf(rows.map(purchaseOf), paging, count);
  }

  async #read({ where, values }: Wanted, paging: Paging): Promise<Stored[]> {
    const { limit, offset } = rowsToRead(paging);
    const [at, purchaseId] = 'after' in paging ? placeByTime(paging.after) : [];
    const place = values.length;
    const after = at === undefined ? 'true' : `(at, purchase_id) < ($${place + 1}::timestamptz, $${place + 2})`;
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${purchases} where ${where} and ${after}
       order by at desc, purchase_id desc limit ${limit} offset ${offset}`,
      at === undefined ? [...values] : [...values, at, purchaseId],
    );
    return rows;
  }

  async #countUpTo({ where, values }: Wanted): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from (select from ${purchases} where ${where} limit ${countedMax + 1}) counted`,
      [...values],
    );
    return rows[0]?.count ?? 0;
  }
}

/** The key after which the next page starts. */
export function placeOfPurchase({ at, purchaseId }: Purchase): string {
  return keyByTime(at, purchaseId);
}

interface Wanted {
  readonly where: string;
  readonly values: readonly unknown[];
}

function wantedOf({ customerId, stock, reference, from, to }: PurchaseFilter): Wanted {
  const values: unknown[] = [];
  const conditions = ['true'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(customerId, (parameter) => `customer_id = ${parameter}`);
  add(stock && stockStream(stock), (parameter) => `stock = ${parameter}`);
  add(reference, (parameter) => `reference = ${parameter}`);
  add(from, (parameter) => `at >= ${parameter}::timestamptz`);
  add(to, (parameter) => `at < ${parameter}::timestamptz`);
  return { where: conditions.join(' and '), values };
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
    labels: labelsOf(row),
  };
}

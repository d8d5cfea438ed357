import { stockOfStream, stockStream, type StockId, type CustomerId, type HoldId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { rowsIfBuilt } from '../rows-if-built.ts';
import { holdsProjection } from './projection.ts';

export const holdStatuses = ['open', 'confirmed', 'cancelled', 'expired'] as const;
export type HoldStatus = (typeof holdStatuses)[number];

export interface Hold {
  readonly holdId: HoldId;
  readonly stock: StockId;
  readonly customerId: CustomerId;
  readonly quantity: number;
  readonly status: HoldStatus;
  readonly confirmedQuantity: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export interface HoldsOf {
  readonly customerId: CustomerId;
  readonly status?: HoldStatus | undefined;
}

export interface StoredHold {
  readonly stock: string;
  readonly hold_id: string;
  readonly customer_id: string;
  readonly quantity: number;
  readonly status: HoldStatus;
  readonly confirmed_quantity: number | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

// $1 is the current time. A hold may have expired before its expiry is recorded.
export const shownColumns = `stock, hold_id, customer_id, quantity, confirmed_quantity, created_at, expires_at, ended_at,
  case when status = 'open' and expires_at <= $1::timestamptz then 'expired' else status end as status`;
export const shownAs: Record<HoldStatus, string> = {
  open: `status = 'open' and expires_at > $1::timestamptz`,
  confirmed: `status = 'confirmed'`,
  cancelled: `status = 'cancelled'`,
  expired: `(status = 'expired' or (status = 'open' and expires_at <= $1::timestamptz))`,
};

export class HoldQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(stock: StockId, holdId: HoldId, now: Date): Promise<Hold | undefined> {
    const { rows } = await this.#pool.query<StoredHold>({
      name: 'hold-by-id',
      text: `select ${shownColumns} from ${viewOf(holdsProjection)} where stock = $2 and hold_id = $3`,
      values: [now, stockStream(stock), holdId],
    });
    return rows[0] && holdOf(rows[0]);
  }

  /** The revision of the last event of a hold that the table has seen. */
  async revisionOf(stock: StockId, holdId: HoldId): Promise<number | undefined> {
    const query = this.#pool.query<{ revision: number }>({
      name: 'revision-of-hold',
      text: `select revision from ${viewOf(holdsProjection)} where stock = $1 and hold_id = $2`,
      values: [stockStream(stock), holdId],
    });
    return (await rowsIfBuilt(query))[0]?.revision;
  }

  /** The newest first. */
  async page({ customerId, status }: HoldsOf, now: Date, paging: Paging): Promise<Page<Hold>> {
    const wanted = `customer_id = $2 and ${status === undefined ? 'true' : shownAs[status]}`;
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<StoredHold>(
      `select ${shownColumns} from ${viewOf(holdsProjection)}
       where ${wanted} and ($3::text is null or hold_id < $3) order by hold_id desc limit $4 offset $5`,
      [now, customerId, 'after' in paging ? paging.after : null, limit, offset],
    );
    return pageOf(rows.map(holdOf), paging, 'page' in paging ? await this.#count(wanted, now, customerId) : null);
  }

  async #count(wanted: string, now: Date, customerId: CustomerId): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from ${viewOf(holdsProjection)} where ${wanted} and $1::timestamptz is not null`,
      [now, customerId],
    );
    return rows[0]?.count ?? 0;
  }
}

export function holdOf(row: StoredHold): Hold {
  const stock = stockOfStream(row.stock);
  if (stock === undefined) throw new Error(`${row.stock} is not the name of a stock`);
  return {
    holdId: row.hold_id,
    stock,
    customerId: row.customer_id,
    quantity: row.quantity,
    status: row.status,
    confirmedQuantity: row.confirmed_quantity,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
  };
}

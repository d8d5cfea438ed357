import { labelsOf, stockOfStream, stockStream } from '#domain';
import type { CustomerId, HoldId, ItemId, Labels, SlotId, StockId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import type { StoredLabels } from '../labels.ts';
import { countedMax, countedPageOf, keyByTime, placeByTime, rowsToRead } from '../paging.ts';
import type { CountedPage, Paging } from '../paging.ts';
import { rowsIfBuilt } from '../rows-if-built.ts';
import { holdsProjection, subjectPart } from './projection.ts';

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
  readonly labels?: Labels | undefined;
}

/** Every condition that is given must hold. */
export interface HoldFilter {
  readonly customerId?: CustomerId | undefined;
  readonly slotId?: SlotId | undefined;
  /** In any inventory. */
  readonly itemId?: ItemId | undefined;
  readonly status?: HoldStatus | undefined;
  readonly reference?: string | undefined;
  /** Made at this time or later. */
  readonly from?: Date | undefined;
  /** Made before this time. */
  readonly to?: Date | undefined;
}

export interface StoredHold extends StoredLabels {
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
  reference, metadata,
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
  async page(filter: HoldFilter, now: Date, paging: Paging): Promise<CountedPage<Hold>> {
    const wanted = wantedOf(filter, now);
    const [rows, count] = await Promise.all([
      this.#read(wanted, paging),
      'page' in paging ? this.#countUpTo(wanted) : null,
    ]);
    return countedPageOf(rows.map(holdOf), paging, count);
  }

  async #read({ where, values }: Wanted, paging: Paging): Promise<StoredHold[]> {
    const { limit, offset } = rowsToRead(paging);
    const [at, holdId] = 'after' in paging ? placeByTime(paging.after) : [];
    const place = values.length;
    const after = at === undefined ? 'true' : `(created_at, hold_id) < ($${place + 1}::timestamptz, $${place + 2})`;
    const { rows } = await this.#pool.query<StoredHold>(
      `select ${shownColumns} from ${viewOf(holdsProjection)} where ${where} and ${after}
       order by created_at desc, hold_id desc limit ${limit} offset ${offset}`,
      at === undefined ? [...values] : [...values, at, holdId],
    );
    return rows;
  }

  async #countUpTo({ where, values }: Wanted): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from (
        select from ${viewOf(holdsProjection)} where ${where} limit ${countedMax + 1}
      ) counted`,
      [...values],
    );
    return rows[0]?.count ?? 0;
  }
}

/** The key after which the next page starts. */
export function placeOfHold({ createdAt, holdId }: Hold): string {
  return keyByTime(createdAt, holdId);
}

interface Wanted {
  readonly where: string;
  readonly values: readonly unknown[];
}

export function wantedOf(filter: HoldFilter, now: Date): Wanted {
  const { customerId, slotId, itemId, status, reference, from, to } = filter;
  const values: unknown[] = [now];
  const conditions = ['$1::timestamptz is not null', ...(status === undefined ? [] : [shownAs[status]])];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(customerId, (parameter) => `customer_id = ${parameter}`);
  // The number of a slot may be the id of an item.
  add(slotId, (parameter) => `${subjectPart} = ${parameter}::text and stock like 'stock-slot:%'`);
  add(itemId, (parameter) => `${subjectPart} = ${parameter} and stock like 'stock-item:%'`);
  add(reference, (parameter) => `reference = ${parameter}`);
  add(from, (parameter) => `created_at >= ${parameter}::timestamptz`);
  add(to, (parameter) => `created_at < ${parameter}::timestamptz`);
  return { where: conditions.join(' and '), values };
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
    labels: labelsOf(row),
  };
}

import { labelsOf } from '#domain';
import type { CustomerId, InventoryId, ItemId, Labels, LendFacts, LendId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import type { StoredLabels } from '../labels.ts';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { lendsProjection } from './projection.ts';

/** A lend with where its units are from. Times in milliseconds since 1970. */
export interface Lend extends Omit<LendFacts, 'overdue' | 'labels'> {
  readonly labels?: Labels | undefined;
  readonly itemId: ItemId;
  readonly inventoryId: InventoryId;
  /** null until the last unit is back. */
  readonly returnedAt: number | null;
}

/** Every condition that is given must hold. */
export interface LendFilter {
  readonly borrowerId?: CustomerId | undefined;
  readonly itemId?: ItemId | undefined;
  readonly inventoryId?: InventoryId | undefined;
  readonly reference?: string | undefined;
  /** Whether units are not back. */
  readonly open?: boolean | undefined;
  /** Whether units are not back at or after the due time. */
  readonly overdue?: boolean | undefined;
  /** Lent at this time or later. */
  readonly from?: Date | undefined;
  /** Lent before this time. */
  readonly to?: Date | undefined;
}

export interface StoredLend extends StoredLabels {
  readonly lend_id: LendId;
  readonly item_id: ItemId;
  readonly inventory_id: InventoryId;
  readonly borrower_id: CustomerId;
  readonly quantity: number;
  readonly returned_quantity: number;
  readonly lent_at: Date;
  readonly due_at: Date | null;
  readonly renewals: number;
  readonly returned_at: Date | null;
}

const lends = viewOf(lendsProjection);
export const lendColumns = `lend_id, item_id, inventory_id, borrower_id, quantity, returned_quantity, lent_at, due_at,
  renewals, returned_at, reference, metadata`;

export class LendQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(lendId: LendId): Promise<Lend | undefined> {
    const { rows } = await this.#pool.query<StoredLend>({
      name: 'lend-by-id',
      text: `select ${lendColumns} from ${lends} where lend_id = $1`,
      values: [lendId],
    });
    return rows[0] && lendOf(rows[0]);
  }

  /** The newest first. A page goes on after the time and the number of a lend. */
  async page(filter: LendFilter, now: Date, paging: Paging): Promise<Page<Lend>> {
    const { limit, offset } = rowsToRead(paging);
    const { where, values } = conditionsOf(filter, now);
    const [at, lendId] = 'after' in paging ? placeOf(paging.after) : [null, null];
    const place = values.length;
    const { rows } = await this.#pool.query<StoredLend>(
      `select ${lendColumns} from ${lends} where ${where}
        and ($${place + 1}::timestamptz is null or (lent_at, lend_id) < ($${place + 1}, $${place + 2}::bigint))
        order by lent_at desc, lend_id desc limit $${place + 3} offset $${place + 4}`,
      [...values, at, lendId, limit, offset],
    );
    return pageOf(rows.map(lendOf), paging, 'page' in paging ? await this.#count(where, values) : null);
  }

  async #count(where: string, values: readonly unknown[]): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(`select count(*) from ${lends} where ${where}`, [
      ...values,
    ]);
    return rows[0]?.count ?? 0;
  }
}

interface Conditions {
  readonly where: string;
  readonly values: readonly unknown[];
}

function conditionsOf(filter: LendFilter, now: Date): Conditions {
  const { borrowerId, itemId, inventoryId, reference, open, overdue, from, to } = filter;
  const values: unknown[] = [];
  const conditions = ['true'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(borrowerId, (parameter) => `borrower_id = ${parameter}`);
  add(itemId, (parameter) => `item_id = ${parameter}`);
  add(inventoryId, (parameter) => `inventory_id = ${parameter}`);
  add(reference, (parameter) => `reference = ${parameter}`);
  if (open !== undefined) conditions.push(`returned_at is ${open ? 'null' : 'not null'}`);
  if (overdue === true) add(now, (parameter) => `returned_at is null and due_at <= ${parameter}::timestamptz`);
  if (overdue === false) {
    add(now, (parameter) => `(returned_at is not null or due_at is null or due_at > ${parameter}::timestamptz)`);
  }
  add(from, (parameter) => `lent_at >= ${parameter}::timestamptz`);
  add(to, (parameter) => `lent_at < ${parameter}::timestamptz`);
  return { where: conditions.join(' and '), values };
}

function placeOf(after: string): [at: string, lendId: string] {
  const [at = '', lendId = ''] = after.split(' ', 2);
  return [at, lendId];
}

export function lendOf(row: StoredLend): Lend {
  return {
    lendId: row.lend_id,
    itemId: row.item_id,
    inventoryId: row.inventory_id,
    borrowerId: row.borrower_id,
    quantity: row.quantity,
    returnedQuantity: row.returned_quantity,
    lentAt: row.lent_at.getTime(),
    dueAt: row.due_at?.getTime() ?? null,
    renewals: row.renewals,
    returnedAt: row.returned_at?.getTime() ?? null,
    labels: labelsOf(row),
  };
}

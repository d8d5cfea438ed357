import { DatabaseError } from 'pg';
import type { CustomerId, InventoryId, LendId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { lendsProjection } from './projection.ts';

/** What is still lent of a lend. */
export interface OpenLend {
  readonly lendId: LendId;
  readonly quantity: number;
  /** In milliseconds since 1970; null for a lend without a due time. */
  readonly dueAt: number | null;
}

/** The projector has not built the read model yet. */
export class NotBuiltYet extends Error {
  override readonly name = 'NotBuiltYet';

  constructor(options: ErrorOptions) {
    super('the read model of lends is not built yet', options);
  }
}

const undefinedTable = '42P01';

/** What borrowers have on loan, as far as the read model knows: it may lag behind. */
export class OpenLends {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async of(
    { inventoryId, borrowerId }: { readonly inventoryId: InventoryId; readonly borrowerId: CustomerId },
    countMax: number,
  ): Promise<readonly OpenLend[]> {
    try {
      return await this.#read(inventoryId, borrowerId, countMax);
    } catch (error) {
      if (error instanceof DatabaseError && error.code === undefinedTable) throw new NotBuiltYet({ cause: error });
      throw error;
    }
  }

  /** Which of these lends are known to be back: for good, however far the read model lags behind. */
  async returnedAmong(lendIds: readonly LendId[]): Promise<readonly LendId[]> {
    const { rows } = await this.#pool.query<{ lend_id: LendId }>({
      name: 'returned-lends',
      text: `select lend_id from ${viewOf(lendsProjection)} where lend_id = any($1) and returned_at is not null`,
      values: [lendIds],
    });
    return rows.map((row) => row.lend_id);
  }

  async #read(inventoryId: InventoryId, borrowerId: CustomerId, countMax: number): Promise<readonly OpenLend[]> {
    const { rows } = await this.#pool.query<{ lend_id: LendId; quantity: number; due_at: Date | null }>({
      name: 'open-lends-of-borrower',
      text: `select lend_id, quantity - returned_quantity as quantity, due_at from ${viewOf(lendsProjection)}
        where borrower_id = $1 and inventory_id = $2 and returned_at is null order by lend_id limit $3`,
      values: [borrowerId, inventoryId, countMax],
    });
    return rows.map((row) => ({
      lendId: row.lend_id,
      quantity: row.quantity,
      dueAt: row.due_at?.getTime() ?? null,
    }));
  }
}

import type { InventoryId, TransferFacts } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { transfersProjection } from './projection.ts';

/** Times in milliseconds since 1970. */
export type ListedTransfer = Omit<TransferFacts, 'itemId'>;

type Stored = Omit<ListedTransfer, 'requestedAt' | 'endedAt'> & {
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
};

const transfers = viewOf(transfersProjection);
const columns = `transfer_id as "transferId", item_number as "itemNumber", quantity,
  from_inventory_id as "fromInventoryId", to_inventory_id as "toInventoryId", status,
  requested_at as "requestedAt", ended_at as "endedAt"`;

export class TransferQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** From the inventory and to it, those with the highest number first: of each direction as many as are shown at most. */
  async page(inventoryId: InventoryId, paging: Paging): Promise<Page<ListedTransfer>> {
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<Stored>({
      name: 'transfers-of-inventory',
      text: `(select ${columns} from ${transfers}
          where from_inventory_id = $1 and ($2::bigint is null or transfer_id < $2)
          order by transfer_id desc limit $3::int + $4::int)
        union all
        (select ${columns} from ${transfers}
          where to_inventory_id = $1 and ($2::bigint is null or transfer_id < $2)
          order by transfer_id desc limit $3::int + $4::int)
        order by "transferId" desc limit $3::int offset $4::int`,
      values: [inventoryId, 'after' in paging ? paging.after : null, limit, offset],
    });
    return pageOf(rows.map(transferOf), paging, 'page' in paging ? await this.#count(inventoryId) : null);
  }

  async #count(inventoryId: InventoryId): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>({
      name: 'count-transfers-of-inventory',
      text: `select (select count(*) from ${transfers} where from_inventory_id = $1)
        + (select count(*) from ${transfers} where to_inventory_id = $1) as count`,
      values: [inventoryId],
    });
    return rows[0]?.count ?? 0;
  }
}

function transferOf({ requestedAt, endedAt, ...transfer }: Stored): ListedTransfer {
  return { ...transfer, requestedAt: requestedAt.getTime(), endedAt: endedAt?.getTime() ?? null };
}

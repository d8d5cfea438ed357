import type { AcceptedItem, Acceptance, RequestId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { acceptancesProjection } from './projection.ts';

interface Stored {
  readonly id: number;
  readonly accepter_id: string;
  readonly accepter_number: number;
  readonly qty: number;
  readonly items: readonly AcceptedItem[];
  readonly accepted_at: Date;
}

export class AcceptanceQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Those of a request, the newest first; how many there are is said by the request. */
  async page(requestId: RequestId, paging: Paging): Promise<Page<Acceptance>> {
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<Stored>({
      name: 'acceptances-of-request',
      text: `select id, accepter_id, accepter_number, qty, items, accepted_at from ${viewOf(acceptancesProjection)}
        where request_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3 offset $4`,
      values: [requestId, 'after' in paging ? paging.after : null, limit, offset],
    });
    return pageOf(rows.map(acceptanceOf), paging, null);
  }
}

function acceptanceOf(row: Stored): Acceptance {
  return {
    acceptanceId: row.id,
    accepterId: row.accepter_id,
    accepterNumber: row.accepter_number,
    qty: row.qty,
    items: row.items,
    acceptedAt: row.accepted_at.getTime(),
  };
}

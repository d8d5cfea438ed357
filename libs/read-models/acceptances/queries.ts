import type { AcceptedItem, Acceptance, RequestId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
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

  /** The newest of a request, by their numbers. */
  async newestOf(requestId: RequestId, limit: number): Promise<readonly Acceptance[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'newest-acceptances',
      text: `select id, accepter_id, accepter_number, qty, items, accepted_at from ${viewOf(acceptancesProjection)}
        where request_id = $1 order by id desc limit $2`,
      values: [requestId, limit],
    });
    return rows.map(acceptanceOf);
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

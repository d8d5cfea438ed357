import type { TransferId } from '#domain';
import type { Pool } from '#platform';
import { assertLive, viewOf } from '#projections';
import { transfersProjection } from './projection.ts';

const transfersMaxDefault = 1000;
const beginning = { transfer_id: 0, requested_at: new Date(0) };

interface Pending {
  readonly transfer_id: TransferId;
  readonly requested_at: Date;
}

/** The transfers that somebody has to go on with, for the process that finishes them. */
export class UnfinishedTransfers {
  readonly #pool: Pool;
  readonly #transfersMax: number;
  #seenUpTo: Pending = beginning;

  constructor(pool: Pool, transfersMax = transfersMaxDefault) {
    this.#pool = pool;
    this.#transfersMax = transfersMax;
  }

  /** Throws until the projector has built the read model. */
  async assertThere(): Promise<void> {
    await assertLive(this.#pool, [transfersProjection]);
  }

  /**
   * Those that are pending and were requested up to `before`, the oldest first. A call goes on where the last one reached
   * its limit, so that transfers that cannot be finished keep no others from being listed.
   */
  async list(before: Date): Promise<readonly TransferId[]> {
    const { requested_at: requestedAt, transfer_id: transferId } = this.#seenUpTo;
    const { rows } = await this.#pool.query<Pending>({
      name: 'unfinished-transfers',
      text: `select transfer_id, requested_at from ${viewOf(transfersProjection)}
        where status = 'pending' and requested_at <= $1 and (requested_at, transfer_id) > ($2, $3)
        order by requested_at, transfer_id limit $4`,
      values: [before, requestedAt, transferId, this.#transfersMax],
    });
    this.#seenUpTo = (rows.length === this.#transfersMax ? rows.at(-1) : undefined) ?? beginning;
    return rows.map((row) => row.transfer_id);
  }
}

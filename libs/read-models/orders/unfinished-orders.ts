import type { OrderId } from '#domain';
import type { Pool } from '#platform';
import { assertLive, viewOf } from '#projections';
import { ordersProjection } from './projection.ts';

const ordersMax = 1000;

/** The orders that somebody has to go on with, for the process that finishes them. */
export class UnfinishedOrders {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Throws until the projector has built the read model. */
  async assertThere(): Promise<void> {
    await assertLive(this.#pool, [ordersProjection]);
  }

  /** Those that have awaited something since `before`, and those whose payment is due, the oldest first. */
  async list(before: Date, now: Date): Promise<readonly OrderId[]> {
    const { rows } = await this.#pool.query<{ order_id: OrderId }>({
      name: 'unfinished-orders',
      text: `(select order_id, updated_at as since from ${viewOf(ordersProjection)}
          where awaits is not null and updated_at <= $1 order by updated_at limit ${ordersMax})
        union all
        (select order_id, payment_due_at as since from ${viewOf(ordersProjection)}
          where payment_due_at <= $2 order by payment_due_at limit ${ordersMax})
        order by since`,
      values: [before, now],
    });
    return rows.map((row) => row.order_id);
  }
}

import type { OrderId } from '#domain';
import type { Pool } from '#platform';
import { assertLive, viewOf } from '#projections';
import { ordersProjection } from './projection.ts';

const ordersMaxDefault = 1000;
const beginning = { order_id: '', since: new Date(0) };

interface Unfinished {
  readonly order_id: OrderId;
  readonly since: Date;
}

/** The orders that somebody has to go on with, for the process that finishes them. */
export class UnfinishedOrders {
  readonly #pool: Pool;
  readonly #ordersMax: number;
  #seenUpTo: Unfinished = beginning;

  constructor(pool: Pool, ordersMax = ordersMaxDefault) {
    this.#pool = pool;
    this.#ordersMax = ordersMax;
  }

  /** Throws until the projector has built the read model. */
  async assertThere(): Promise<void> {
    await assertLive(this.#pool, [ordersProjection]);
  }

  /**
   * Those that have awaited something since `before`, and those whose payment is due, the oldest first. A call goes on
   * where the last one reached its limit, so that orders that cannot be finished keep no others from being listed.
   */
  async list(before: Date, now: Date): Promise<readonly OrderId[]> {
    const { since, order_id: orderId } = this.#seenUpTo;
    const { rows } = await this.#pool.query<Unfinished>({
      name: 'unfinished-orders',
      text: `(select order_id, updated_at as since from ${viewOf(ordersProjection)}
          where awaits is not null and updated_at <= $1 and (updated_at, order_id) > ($3, $4)
          order by updated_at, order_id limit $5)
        union
        (select order_id, payment_due_at as since from ${viewOf(ordersProjection)}
          where payment_due_at <= $2 and (payment_due_at, order_id) > ($3, $4)
          order by payment_due_at, order_id limit $5)
        order by since, order_id limit $5`,
      values: [before, now, since, orderId, this.#ordersMax],
    });
    this.#seenUpTo = (rows.length === this.#ordersMax ? rows.at(-1) : undefined) ?? beginning;
    return rows.map((row) => row.order_id);
  }
}

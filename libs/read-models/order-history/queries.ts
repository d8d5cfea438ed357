import type { OrderStatus } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { orderHistoryProjection } from './projection.ts';

export interface OrderChange {
  readonly status: OrderStatus;
  /** Type of the event. */
  readonly type: string;
  readonly at: Date;
  /** The user who caused it; null for what happened by itself. */
  readonly actor: string | null;
  readonly details: object;
}

export class OrderHistoryQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** In the order in which it happened: an order changes few times. */
  async of(orderId: string): Promise<readonly OrderChange[]> {
    const { rows } = await this.#pool.query<OrderChange>({
      name: 'order-history',
      text: `select status, type, at, actor, details from ${viewOf(orderHistoryProjection)}
        where order_id = $1 order by revision`,
      values: [orderId],
    });
    return rows;
  }
}

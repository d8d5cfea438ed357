import { stockOfStream, type StockId } from '#domain';
import type { Pool } from '#platform';
import { assertLive, viewOf } from '#projections';
import { holdsProjection } from './projection.ts';

const dueHoldsMax = 1000;

/** The due holds, for the process that expires them. */
export class DueList {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Throws until the projector has built the read model. */
  async assertThere(): Promise<void> {
    await assertLive(this.#pool, [holdsProjection]);
  }

  /** The stocks with due holds, longest due first; limited by the number of holds. */
  async stocks(now: Date): Promise<StockId[]> {
    const { rows } = await this.#pool.query<{ stock: string }>({
      name: 'stocks-with-due-holds',
      text: `select stock from (
          select stock, expires_at from ${viewOf(holdsProjection)}
          where status = 'open' and expires_at <= $1 order by expires_at limit ${dueHoldsMax}
        ) due group by stock order by min(expires_at), stock`,
      values: [now],
    });
    return rows.flatMap(({ stock }) => stockOfStream(stock) ?? []);
  }
}

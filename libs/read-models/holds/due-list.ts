import { stockOfStream, type StockId } from '#domain';
import type { Pool } from '#platform';
import { assertLive, viewOf } from '#projections';
import { holdsProjection } from './projection.ts';

const dueHoldsMax = 10_000;
const beginning = { stock: '', latest: new Date(0) };

/** A stock with due holds, as far as one look saw them. */
interface Due {
  readonly stock: string;
  readonly earliest: Date;
  readonly latest: Date;
  readonly holds: number;
}

/** The due holds, for the process that expires them. */
export class DueList {
  readonly #pool: Pool;
  #seenUpTo: Pick<Due, 'stock' | 'latest'> = beginning;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Throws until the projector has built the read model. */
  async assertThere(): Promise<void> {
    await assertLive(this.#pool, [holdsProjection]);
  }

  /**
   * The stocks with due holds, longest due first; limited by the number of holds. A call goes on where the last one
   * reached the limit, and the one after the end starts from the beginning: the holds of a parked stream stay due here
   * whatever becomes of them, and must not keep other stocks from being listed.
   */
  async stocks(now: Date): Promise<StockId[]> {
    const { latest, stock } = this.#seenUpTo;
    const { rows } = await this.#pool.query<Due>({
      name: 'stocks-with-due-holds',
      text: `select stock, min(expires_at) earliest, max(expires_at) latest, count(*) holds from (
          select stock, expires_at from ${viewOf(holdsProjection)}
          where status = 'open' and expires_at <= $1 and (expires_at, stock) > ($2, $3)
          order by expires_at, stock limit ${dueHoldsMax}
        ) due group by stock order by max(expires_at), stock`,
      values: [now, latest, stock],
    });
    const holds = rows.reduce((sum, due) => sum + due.holds, 0);
    this.#seenUpTo = (holds === dueHoldsMax ? rows.at(-1) : undefined) ?? beginning;
    const longestDueFirst = rows.toSorted((one, other) => one.earliest.getTime() - other.earliest.getTime());
    return longestDueFirst.flatMap((due) => stockOfStream(due.stock) ?? []);
  }
}

import { stockOfStream, type StockId } from '#domain';
import type { Pool } from '#platform';
import { assertLive, viewOf } from '#projections';
import { holdsProjection } from './holds/projection.ts';
import { lendsProjection } from './lends/projection.ts';

const dueMax = 10_000;
const beginning = { stock: '', latest: new Date(0) };

/** What is due at a time until something is recorded of it, by what it is. */
const listed = {
  holds: { projection: holdsProjection, dueAt: 'expires_at', awaits: `status = 'open'` },
  // The condition of the index, which says more than a query needs.
  lends: {
    projection: lendsProjection,
    dueAt: 'due_at',
    awaits: 'returned_at is null and not overdue and due_at is not null',
  },
};

/** A stock with something due, as far as one look saw it. */
interface Due {
  readonly stock: string;
  readonly earliest: Date;
  readonly latest: Date;
  readonly count: number;
}

/** The due holds, for the process that expires them; or the due lends, for the one that marks them overdue. */
export class DueList {
  readonly #pool: Pool;
  readonly #of: keyof typeof listed;
  #seenUpTo: Pick<Due, 'stock' | 'latest'> = beginning;

  constructor(pool: Pool, of: keyof typeof listed) {
    this.#pool = pool;
    this.#of = of;
  }

  /** Throws until the projector has built the read model. */
  async assertThere(): Promise<void> {
    await assertLive(this.#pool, [listed[this.#of].projection]);
  }

  /**
   * The stocks of what is due, longest due first; limited by the number of rows. A call goes on where the last one
   * reached the limit, and the one after the end starts from the beginning: the rows of a parked stream stay due here
   * whatever becomes of them, and must not keep other stocks from being listed.
   */
  async stocks(now: Date): Promise<StockId[]> {
    const { projection, dueAt, awaits } = listed[this.#of];
    const { latest, stock } = this.#seenUpTo;
    const { rows } = await this.#pool.query<Due>({
      name: `stocks-with-due-${this.#of}`,
      text: `select stock, min(due_at) earliest, max(due_at) latest, count(*) from (
          select stock, ${dueAt} as due_at from ${viewOf(projection)}
          where ${awaits} and ${dueAt} <= $1 and (${dueAt}, stock) > ($2, $3)
          order by ${dueAt}, stock limit ${dueMax}
        ) due group by stock order by max(due_at), stock`,
      values: [now, latest, stock],
    });
    const seen = rows.reduce((sum, due) => sum + due.count, 0);
    this.#seenUpTo = (seen === dueMax ? rows.at(-1) : undefined) ?? beginning;
    const longestDueFirst = rows.toSorted((one, other) => one.earliest.getTime() - other.earliest.getTime());
    return longestDueFirst.flatMap((due) => stockOfStream(due.stock) ?? []);
  }
}

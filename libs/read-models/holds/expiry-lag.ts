import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { rowsIfBuilt } from '../rows-if-built.ts';
import { holdsProjection } from './projection.ts';

const countedMax = 10_000;
const graceSeconds = 1;

/** Open holds past their expiry. */
export interface Overdue {
  /** At most 10,000. */
  readonly holds: number;
  /** How long ago the first of them expired; 0 if there is none. */
  readonly oldestSeconds: number;
}

/** How late holds expire. */
export class ExpiryLag {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async read(): Promise<Overdue> {
    const [overdue] = await rowsIfBuilt(
      this.#pool.query<Overdue>(
        `select count(*) as holds,
           coalesce(extract(epoch from now() - min(expires_at)), 0)::double precision as "oldestSeconds"
         from (
           select expires_at from ${viewOf(holdsProjection)}
           where status = 'open' and expires_at < now() - make_interval(secs => ${graceSeconds})
           order by expires_at limit ${countedMax}
         ) overdue`,
      ),
    );
    return overdue ?? { holds: 0, oldestSeconds: 0 };
  }
}

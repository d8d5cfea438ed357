import type { Pool } from './pool.ts';

/**
 * Who does which work, of several processes that could. Correctness never rests on it (checkpoints move by
 * compare-and-set); it only spares everybody doing everything.
 */
export class Leases {
  readonly #pool: Pool;
  readonly #owner: string;
  readonly #ttlMs: number;

  constructor(pool: Pool, owner: string, ttlMs: number) {
    this.#pool = pool;
    this.#owner = owner;
    this.#ttlMs = ttlMs;
  }

  get ttlMs(): number {
    return this.#ttlMs;
  }

  /** Takes it, or keeps it, unless another has it. By the database's clock, so that all mean the same time. */
  async take(work: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `insert into projection_leases as present (work, owner, until)
       values ($1, $2, now() + make_interval(secs => $3))
       on conflict (work) do update set owner = excluded.owner, until = excluded.until
       where present.owner = excluded.owner or present.until < now()`,
      [work, this.#owner, this.#ttlMs / 1000],
    );
    return rowCount === 1;
  }

  /** Whether another process has it now. */
  async isOthers(work: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'select from projection_leases where work = $1 and owner <> $2 and until > now()',
      [work, this.#owner],
    );
    return rowCount === 1;
  }

  async release(work: string): Promise<void> {
    await this.#pool.query('delete from projection_leases where work = $1 and owner = $2', [work, this.#owner]);
  }
}

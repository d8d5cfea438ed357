import type { Pool } from './pool.ts';

/**
 * Leases that distribute work over several processes. Correctness does not depend on them, because checkpoints are
 * compared and set; they only avoid duplicate work.
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

  /**
   * Acquires or renews a lease, unless another process holds it. Uses the clock of the database, which is the same for
   * all.
   */
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

  /** Whether another process holds it. */
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

import { transaction, type Pool, type PoolClient } from '#platform';
import { emptyQueue, endOf, enter, spacingOf, type LoginQueue, type QueueBounds } from './login-queue.ts';
import { spelledLogin } from './spelling.ts';

interface QueueRow {
  next_ms: number | null;
  places: LoginQueue['places'] | null;
  now_ms: number;
}

/** Normalised as in the index of users. */
export function accountHash(login: string): string {
  return `encode(sha256(convert_to(lower(${login}), 'UTF8')), 'hex')`;
}

const account = accountHash('$1::text');
const read = `
  select (extract(epoch from q.next_at) * 1000)::float8 as next_ms, q.places,
    (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms
  from (select ${account} as account) given`;

/** The queues of all accounts, including those that do not exist. */
export class LoginQueues {
  readonly #pool: Pool;
  readonly #bounds: QueueBounds;

  constructor(pool: Pool, bounds: QueueBounds) {
    this.#pool = pool;
    this.#bounds = bounds;
  }

  /**
   * Returns 0 to try now, or the seconds to wait. A login that comes too early changes nothing and waits for no lock.
   */
  async enter(login: string, network: string): Promise<number> {
    const values = [spelledLogin(login)];
    const { rows } = await this.#pool.query<QueueRow>(`${read} left join login_queues q using (account)`, values);
    const found = entered(rows[0], network, this.#bounds);
    const isUnchanged = found.queue.nextAt === found.before.nextAt && found.waitMs > 0;
    const { waitMs } = isUnchanged
      ? found
      : await transaction(this.#pool, (client) => this.#enter(client, values, network));
    return Math.ceil(waitMs / 1000);
  }

  /** After a successful login. */
  async giveBack(login: string): Promise<void> {
    await this.#pool.query(
      `update login_queues set next_at = next_at - make_interval(secs => $2) where account = ${account}`,
      [spelledLogin(login), spacingOf(this.#bounds) / 1000],
    );
  }

  /** For a login that was not attempted. */
  async keepPlace(login: string, network: string): Promise<void> {
    await this.#pool.query(
      `update login_queues set places = places ||
         jsonb_build_object($2::text, (extract(epoch from clock_timestamp()) * 1000)::bigint)
       where account = ${account}`,
      [spelledLogin(login), network],
    );
  }

  async #enter(client: PoolClient, values: readonly string[], network: string): Promise<{ waitMs: number }> {
    await client.query(`insert into login_queues values (${account}, 'epoch', '{}', now()) on conflict do nothing`, [
      ...values,
    ]);
    const { rows } = await client.query<QueueRow>(`${read} join login_queues q using (account) for update of q`, [
      ...values,
    ]);
    const { waitMs, queue } = entered(rows[0], network, this.#bounds);
    await client.query(
      `update login_queues set next_at = to_timestamp($2::float8 / 1000), places = $3,
         ends_at = to_timestamp($4::float8 / 1000)
       where account = ${account}`,
      [...values, queue.nextAt, JSON.stringify(queue.places), endOf(queue, this.#bounds)],
    );
    return { waitMs };
  }
}

function entered(row: QueueRow | undefined, network: string, bounds: QueueBounds) {
  const before = { nextAt: row?.next_ms ?? emptyQueue.nextAt, places: row?.places ?? emptyQueue.places };
  return { before, ...enter(before, network, row?.now_ms ?? 0, bounds) };
}

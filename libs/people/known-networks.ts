import type { Pool } from '#platform';
import { spelledLogin } from './spelling.ts';

/** The user whose login it is, and whether they have logged in from this network before. */
export interface Login {
  readonly userId: string | undefined;
  readonly isKnown: boolean;
}

export const knownDaysMax = 90;
/** Networks per user; the least recently used is replaced. */
const networksMax = 10;

/** The networks that users have logged in from, hashed. */
export class KnownNetworks {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(login: string, network: string): Promise<Login> {
    const { rows } = await this.#pool.query<Login>(
      `select id as "userId", exists (
         select from known_networks
         where user_id = id and network = $2 and used_at > now() - make_interval(days => $3)
       ) as "isKnown" from users where lower(email) = lower($1) or lower(user_name) = lower($1)`,
      [spelledLogin(login), network, knownDaysMax],
    );
    return rows[0] ?? { userId: undefined, isKnown: false };
  }

  /** Must be called after a successful login. Does nothing if the user was erased. */
  async remember(userId: string, network: string): Promise<void> {
    const { rowCount } = await this.#pool.query(
      `insert into known_networks as k (user_id, network) select id, $2 from users where id = $1 for key share
       on conflict (user_id, network) do update set used_at = now() where k.used_at < now() - interval '1 hour'`,
      [userId, network],
    );
    if (rowCount === 0) return;
    await this.#pool.query(
      `delete from known_networks where user_id = $1 and network in (
         select network from known_networks where user_id = $1 order by used_at desc, network offset $2
       )`,
      [userId, networksMax],
    );
  }
}

import type { Pool } from '#platform';
import type { OutsideIdentity } from './outside-user.ts';

/**
 * Makes the user of an outside issuer, without a login, unless there was one already: the row in `outside_identities`
 * stays when the user is erased. Returns whether the user was made. Never finds a user by e-mail address, which would
 * let an issuer take over accounts.
 */
export async function makeOutsideUser(
  pool: Pool,
  userId: string,
  { issuer, subject, name, email }: OutsideIdentity,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with new as (insert into outside_identities (user_id) values ($1) on conflict do nothing returning user_id)
     insert into users (id, name, role, issuer, subject, outside_email) select user_id, $2, 'customer', $3, $4, $5 from new`,
    [userId, name, issuer, subject, email],
  );
  return rowCount === 1;
}

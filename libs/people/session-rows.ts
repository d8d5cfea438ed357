import { hash } from 'node:crypto';
import type { Pool, PoolClient } from '#platform';
import { apiKeyColumns, type ApiKey } from './api-key.ts';
import { outsideSession } from './issuers/outside-user.ts';

export interface EndedSession {
  readonly id: string;
  readonly userId: string;
}

/** Notification that a session has ended; the payload is its id. */
export const endedChannel = 'holdfast_session_ended';

const ends = {
  one: 'id = $1 and user_id = $2',
  ofUser: 'user_id = $1',
  othersOfUser: 'user_id = $1 and id <> $2',
  // With a token of the session other than the current refresh token.
  ofFamily: 'refresh_family = $1 and refresh_hash <> $2',
  beyondNewest:
    'id in (select id from sessions where user_id = $1 order by created_at desc, id limit all offset $2::integer)',
} as const;

/**
 * An ended session has no row any more. Its id is kept for as long as a process may consider it live, so that processes
 * that missed the notification can find out, even if the user was erased.
 */
export async function endSessions(
  database: Pool | PoolClient,
  which: keyof typeof ends,
  values: readonly unknown[],
): Promise<EndedSession[]> {
  const { rows } = await database.query<EndedSession>(
    `with gone as (delete from sessions where ${ends[which]} returning id, user_id),
          kept as (insert into ended_sessions (id) select id from gone)
     select id, user_id as "userId", pg_notify('${endedChannel}', id) from gone`,
    [...values],
  );
  return rows;
}

const endsOfKeys = { one: 'id = $1', ofUser: 'user_id = $1' } as const;

/** The same for API keys, which stand for their own sessions: they do not begin again either. */
export async function endApiKeys(
  database: Pool | PoolClient,
  which: keyof typeof endsOfKeys,
  value: string,
): Promise<ApiKey[]> {
  const { rows } = await database.query<ApiKey>(
    `with gone as (delete from api_keys where ${endsOfKeys[which]} returning *),
          kept as (insert into ended_sessions (id) select id from gone)
     select ${apiKeyColumns} from gone cross join lateral pg_notify('${endedChannel}', id) as told`,
    [value],
  );
  return rows;
}

/** What stands for a session where a service acts for the user; a hash, because it is kept when the user is erased. */
export function actingSession(userId: string): string {
  return hash('sha256', userId, 'hex');
}

/**
 * What stands for a session without a row: of a service that acts for the user, and of the tokens of an outside issuer.
 * From now on, PostgreSQL is asked whether the user is live, who may be again when they are enabled.
 */
export async function endStandIns(database: Pool | PoolClient, userId: string): Promise<EndedSession[]> {
  const ids = [actingSession(userId), outsideSession(userId)];
  await database.query(
    `with kept as (insert into ended_sessions (id) select unnest($1::text[])
                   on conflict (id) do update set ended_at = now() returning id)
     select pg_notify('${endedChannel}', id) from kept`,
    [ids],
  );
  return ids.map((id) => ({ id, userId }));
}

import type { Pool, PoolClient } from '#platform';

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

import { transaction, type Pool, type PoolClient } from '#platform';
import { settleQueues, type QueueKey } from './queues.ts';
import type { Attempt } from './webhook.ts';

/** An endpoint, as its deliveries need it. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly isEnabled: boolean;
  /** Since when something of it is due; null if nothing is. */
  readonly dueAt: Date | null;
}

export interface Claimed {
  readonly webhookId: string;
  readonly eventId: string;
  readonly subject: string;
  readonly body: string;
  /** Those that are valid now, the current one first. */
  readonly secrets: readonly string[];
  /** Of attempts. */
  readonly round: number;
  /** Of the round. */
  readonly failures: number;
}

export interface ClaimRequest {
  readonly now: Date;
  /** Subjects that are being delivered already. */
  readonly busy: readonly string[];
  readonly subjectsMax: number;
  readonly perSubjectMax: number;
  /** Of bodies; a single larger one is claimed all the same. */
  readonly bytesMax: number;
}

/** What an attempt came to; with `retryAt`, its subject waits until then. */
export interface Result extends Pick<Claimed, 'webhookId' | 'eventId' | 'subject' | 'round' | 'failures'> {
  readonly attempt: Attempt;
  readonly outcome: 'delivered' | 'failed' | 'retry';
  readonly retryAt?: Date;
  /** The receiver wants no more webhooks. */
  readonly isGone?: boolean;
  /** The receiver wants none before. */
  readonly pausedUntil?: Date;
}

const attemptsKept = 20;

/** The deliveries of all endpoints, for the one process that sends them. */
export class Outbox {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async endpoints(now: Date): Promise<Endpoint[]> {
    const { rows } = await this.#pool.query<Endpoint>({
      name: 'webhook-endpoints',
      text: `select id, url, disabled_at is null as "isEnabled",
               case when paused_until > $1 then null else (
                 select min(due_at) from webhook_queues q
                 where q.webhook_id = w.id and due_at <= $1 and (w.disabled_at is null or has_replays)
               ) end as "dueAt"
             from webhooks w where deleted_at is null order by id`,
      values: [now],
    });
    return rows;
  }

  /** The first deliveries of subjects that are due, those of a subject in order. */
  async claim({ id, url, isEnabled }: Endpoint, request: ClaimRequest): Promise<Claimed[][]> {
    const { now, busy, subjectsMax, perSubjectMax, bytesMax } = request;
    // The endpoint may have been changed, disabled or deleted since it was read.
    const wanted = isEnabled ? 'disabled_at is null' : 'true';
    const { rows } = await this.#pool.query<Claimed & { eventId: string | null }>({
      name: isEnabled ? 'claim-deliveries' : 'claim-replays',
      text: `select $1::text as "webhookId", subject, event_id as "eventId", body, round, failures, array(
               select secret from webhook_secrets where webhook_id = $1 and (expires_at is null or expires_at > $2)
               order by expires_at desc nulls first
             ) as secrets
             from (
               select q.subject, d.event_id, d.body, d.round, d.failures, q.due_at, d.number,
                 sum(octet_length(d.body)) over (order by q.due_at, q.subject, d.number) - octet_length(d.body) as bytes
               from (
                 select subject, due_at from webhook_queues
                 where webhook_id = $1 and due_at <= $2 and subject <> all($3::text[])
                   ${isEnabled ? '' : 'and has_replays'}
                   and exists (
                     select from webhooks where id = $1 and url = $7 and deleted_at is null and ${wanted}
                       and (paused_until is null or paused_until <= $2)
                   )
                 order by due_at limit $4
               ) q
               left join lateral (
                 select event_id, body, round, failures, number from webhook_deliveries
                 where webhook_id = $1 and subject = q.subject and status = 'pending'
                   ${isEnabled ? '' : 'and is_replay'}
                 order by number limit $5
               ) d on true
             ) claimable
             where bytes is null or bytes < $6
             order by due_at, subject, number`,
      values: [id, now, busy, subjectsMax, perSubjectMax, bytesMax, url],
    });
    const bySubject = Map.groupBy(rows, ({ subject }) => subject);
    const empty = [...bySubject].filter(([, [first]]) => first?.eventId === null).map(([subject]) => subject);
    if (empty.length > 0) await this.#settle(empty.map((subject) => ({ webhookId: id, subject })));
    return [...bySubject.values()].filter(([first]) => first?.eventId !== null);
  }

  /** All of them or none. A result whose delivery is no longer as it was when it was claimed is left out. */
  async record(results: readonly Result[]): Promise<void> {
    await transaction(this.#pool, async (client) => {
      await recordAttempts(client, results);
      await postpone(client, results);
      await settleQueues(client, results);
      await noteHealth(client, results);
    });
  }

  async #settle(queues: readonly QueueKey[]): Promise<void> {
    await transaction(this.#pool, (client) => settleQueues(client, queues));
  }
}

async function recordAttempts(client: PoolClient, results: readonly Result[]): Promise<void> {
  await client.query({
    name: 'record-attempts',
    text: `update webhook_deliveries d
           set status = r.status, failures = d.failures + (r.status <> 'delivered')::int,
             is_replay = is_replay and r.status = 'pending',
             attempts = case when jsonb_array_length(attempts) < ${attemptsKept} then attempts else attempts - 0 end
               || r.attempt
           from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::jsonb[])
             r (webhook_id, event_id, round, failures, status, attempt)
           where d.webhook_id = r.webhook_id and d.event_id = r.event_id and d.status = 'pending'
             and d.round = r.round and d.failures = r.failures`,
    values: [
      results.map(({ webhookId }) => webhookId),
      results.map(({ eventId }) => eventId),
      results.map(({ round }) => round),
      results.map(({ failures }) => failures),
      results.map(({ outcome }) => (outcome === 'retry' ? 'pending' : outcome)),
      results.map(({ attempt }) => JSON.stringify(attempt)),
    ],
  });
}

/** A subject waits for its first delivery, unless that is replayed meanwhile. */
async function postpone(client: PoolClient, results: readonly Result[]): Promise<void> {
  const waiting = results.filter(({ retryAt }) => retryAt !== undefined);
  if (waiting.length === 0) return;
  await client.query(
    `update webhook_queues q set due_at = r.due_at
     from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[]) r (webhook_id, event_id, round, due_at)
     join webhook_deliveries d using (webhook_id, event_id, round)
     where q.webhook_id = d.webhook_id and q.subject = d.subject`,
    [
      waiting.map(({ webhookId }) => webhookId),
      waiting.map(({ eventId }) => eventId),
      waiting.map(({ round }) => round),
      waiting.map(({ retryAt }) => retryAt),
    ],
  );
}

interface Health {
  succeeded: boolean;
  failedAt: string;
  isGone: boolean;
  pausedUntil: Date | undefined;
}

/** What the attempts say of their endpoints. Most say nothing new, and write nothing. */
async function noteHealth(client: PoolClient, results: readonly Result[]): Promise<void> {
  const health = new Map<string, Health>();
  for (const { webhookId, attempt, outcome, isGone = false, pausedUntil } of results) {
    const known = health.get(webhookId) ?? { succeeded: false, failedAt: attempt.at, isGone: false, pausedUntil };
    known.succeeded ||= outcome === 'delivered';
    known.isGone ||= isGone;
    known.pausedUntil = pausedUntil ?? known.pausedUntil;
    health.set(webhookId, known);
  }
  await client.query({
    name: 'note-webhook-health',
    text: `update webhooks w
           set failing_since = case when not r.succeeded then coalesce(w.failing_since, r.failed_at) end,
             paused_until = coalesce(r.paused_until, w.paused_until),
             disabled_because = case when r.is_gone then coalesce(w.disabled_because, 'gone') else w.disabled_because end,
             disabled_at = case when r.is_gone then coalesce(w.disabled_at, r.failed_at) else w.disabled_at end
           from unnest($1::text[], $2::boolean[], $3::timestamptz[], $4::boolean[], $5::timestamptz[])
             r (id, succeeded, failed_at, is_gone, paused_until)
           where w.id = r.id and (
             r.succeeded <> (w.failing_since is null) or r.paused_until is not null
             or (r.is_gone and w.disabled_at is null)
           )`,
    values: [
      [...health.keys()],
      [...health.values()].map(({ succeeded }) => succeeded),
      [...health.values()].map(({ failedAt }) => failedAt),
      [...health.values()].map(({ isGone }) => isGone),
      [...health.values()].map(({ pausedUntil }) => pausedUntil ?? null),
    ],
  });
}

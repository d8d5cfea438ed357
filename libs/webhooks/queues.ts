import type { PoolClient } from '#platform';

/** Names the queue of a subject at an endpoint. */
export interface QueueKey {
  readonly webhookId: string;
  readonly subject: string;
}

/** Deletes the queues of subjects that have no pending delivery left, and says which of the others have no replay left. */
export async function settleQueues(client: PoolClient, queues: readonly QueueKey[]): Promise<void> {
  const keys = [queues.map(({ webhookId }) => webhookId), queues.map(({ subject }) => subject)];
  // In one order, so that two processes do not wait for each other. The lock comes in a statement of its own: deliveries
  // that were written before it was given are seen only by the next one.
  await client.query({ name: 'lock-webhook-queues', text: lockSql, values: keys });
  await client.query({ name: 'drop-empty-webhook-queues', text: dropSql, values: keys });
  await client.query({ name: 'end-webhook-replays', text: endReplaysSql, values: keys });
}

const named = '(webhook_id, subject) in (select * from unnest($1::text[], $2::text[]))';

const lockSql = `select from webhook_queues where ${named} order by webhook_id, subject for update`;

const dropSql = `delete from webhook_queues q where ${named} and not exists (
  select from webhook_deliveries d
  where d.webhook_id = q.webhook_id and d.subject = q.subject and d.status = 'pending'
)`;

const endReplaysSql = `update webhook_queues q set has_replays = false where ${named} and has_replays and not exists (
  select from webhook_deliveries d
  where d.webhook_id = q.webhook_id and d.subject = q.subject and d.status = 'pending' and d.is_replay
)`;

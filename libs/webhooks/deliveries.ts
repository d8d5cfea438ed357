import { transaction, type Pool, type PoolClient } from '#platform';
import { deliveriesChannel } from './doorbell.ts';
import { canBeStored, deliveryColumns, type Delivery } from './webhook.ts';

/** Failed deliveries that one request replays; another request goes on with the rest. */
const replaysMax = 10_000;

export interface Replayed {
  readonly replayed: number;
  readonly hasMore: boolean;
}

/** Replays: the same event with the same id, also to an endpoint that is disabled. */
export class Deliveries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Begins a new round of attempts. Undefined if there is no such delivery. */
  async replay(webhookId: string, eventId: string): Promise<Delivery | undefined> {
    if (!canBeStored(webhookId) || !canBeStored(eventId)) return undefined;
    return transaction(this.#pool, async (client) => {
      const { rows } = await client.query<Delivery>(
        `update webhook_deliveries set ${again} where webhook_id = $1 and event_id = $2
           and exists (select from webhooks where id = $1 and deleted_at is null) returning ${deliveryColumns}`,
        [webhookId, eventId],
      );
      await makeDue(client, webhookId, rows);
      return rows[0];
    });
  }

  /** The oldest first. Undefined if there is no such webhook. */
  async replayFailed(webhookId: string): Promise<Replayed | undefined> {
    if (!canBeStored(webhookId)) return undefined;
    return transaction(this.#pool, async (client) => {
      const { rowCount } = await client.query('select from webhooks where id = $1 and deleted_at is null', [webhookId]);
      if (rowCount === 0) return undefined;
      const { rows } = await client.query<Pick<Delivery, 'subject'>>(
        `update webhook_deliveries set ${again} where webhook_id = $1 and number in (
           select number from webhook_deliveries where webhook_id = $1 and status = 'failed' order by number limit $2
         ) returning subject`,
        [webhookId, replaysMax],
      );
      await makeDue(client, webhookId, rows);
      return { replayed: rows.length, hasMore: rows.length === replaysMax };
    });
  }
}

const again = `status = 'pending', round = round + 1, failures = 0, is_replay = true`;

async function makeDue(
  client: PoolClient,
  webhookId: string,
  due: readonly Pick<Delivery, 'subject'>[],
): Promise<void> {
  if (due.length === 0) return;
  await client.query(
    `insert into webhook_queues as q (webhook_id, subject, due_at, has_replays)
     select distinct $1, subject, now(), true from unnest($2::text[]) subject order by subject
     on conflict (webhook_id, subject) do update set due_at = least(q.due_at, excluded.due_at), has_replays = true`,
    [webhookId, due.map(({ subject }) => subject)],
  );
  await client.query(`select pg_notify('${deliveriesChannel}', '')`);
}

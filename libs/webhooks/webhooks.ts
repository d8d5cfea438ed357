import { transaction, type Pool, type PoolClient } from '#platform';
import { newSecret } from './signature.ts';
import { canBeStored, webhookColumns, type Webhook } from './webhook.ts';

export const webhooksMax = 100;
/** Secrets that are valid at the same time; an earlier one is dropped. */
const secretsMax = 4;
// An arbitrary number that no other advisory lock in the database uses.
const creationLock = 7_046_029_260;

export interface NewWebhook {
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string;
}

export interface WebhookChanges extends Partial<NewWebhook> {
  readonly isEnabled?: boolean | undefined;
}

export type CreatedWebhook = Webhook & { readonly secret: string };

/** The endpoints of webhooks. They are configuration, and so rows, not events. */
export class Webhooks {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** With the id of a command, a retry gets what its first try made. Undefined if there are too many. */
  async create(
    id: string,
    madeBy: string,
    { url, events, description }: NewWebhook,
  ): Promise<CreatedWebhook | undefined> {
    return transaction(this.#pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [creationLock]);
      await client.query(
        `insert into webhooks (id, url, events, description) select $1, $2, $3, $4
         where (select count(*) from webhooks where deleted_at is null) < $5 on conflict do nothing`,
        [id, url, events, description, webhooksMax],
      );
      const { rows } = await client.query<Webhook>(
        `select ${webhookColumns} from webhooks where id = $1 and deleted_at is null`,
        [id],
      );
      return rows[0] && { ...rows[0], secret: await giveSecret(client, id, madeBy) };
    });
  }

  /** What is enabled again is delivered at once, from where it stopped. Undefined if there is no such webhook. */
  async change(id: string, { url, events, description, isEnabled }: WebhookChanges): Promise<Webhook | undefined> {
    if (!canBeStored(id)) return undefined;
    return transaction(this.#pool, async (client) => {
      // Before the webhook, as the sender locks them.
      if (isEnabled === true)
        await client.query('update webhook_queues set due_at = now() where webhook_id = $1 and due_at > now()', [id]);
      const { rows } = await client.query<Webhook>(
        `update webhooks set url = coalesce($2, url), events = coalesce($3, events),
           description = coalesce($4, description), updated_at = now(),
           disabled_because = case when $5 then null when not $5 then coalesce(disabled_because, 'staff')
             else disabled_because end,
           disabled_at = case when $5 then null when not $5 then coalesce(disabled_at, now()) else disabled_at end,
           failing_since = case when $5 then null else failing_since end,
           paused_until = case when $5 then null else paused_until end
         where id = $1 and deleted_at is null returning ${webhookColumns}`,
        [id, url ?? null, events ?? null, description ?? null, isEnabled ?? null],
      );
      return rows[0];
    });
  }

  /** Its secrets go at once, its deliveries later, in batches. Undefined if there is no such webhook. */
  async delete(id: string): Promise<Webhook | undefined> {
    if (!canBeStored(id)) return undefined;
    return transaction(this.#pool, async (client) => {
      const { rows } = await client.query<Webhook>(
        `update webhooks set deleted_at = now() where id = $1 and deleted_at is null returning ${webhookColumns}`,
        [id],
      );
      await client.query('delete from webhook_secrets where webhook_id = $1', [id]);
      return rows[0];
    });
  }

  /** A new secret; those before it remain valid for a while. Undefined if there is no such webhook. */
  async rotateSecret(id: string, madeBy: string, overlapSeconds: number): Promise<string | undefined> {
    if (!canBeStored(id)) return undefined;
    return transaction(this.#pool, async (client) => {
      const { rowCount } = await client.query(
        'select from webhooks where id = $1 and deleted_at is null for no key update',
        [id],
      );
      if (rowCount === 0) return undefined;
      const { rowCount: isRepeat } = await client.query(
        'select from webhook_secrets where webhook_id = $1 and made_by = $2',
        [id, madeBy],
      );
      if (isRepeat === 0)
        await client.query(
          `update webhook_secrets set expires_at = least(expires_at, now() + make_interval(secs => $2))
           where webhook_id = $1`,
          [id, overlapSeconds],
        );
      return giveSecret(client, id, madeBy);
    });
  }
}

/** The secret that the command made, now or at its first try. */
async function giveSecret(client: PoolClient, webhookId: string, madeBy: string): Promise<string> {
  await client.query(
    'insert into webhook_secrets (webhook_id, made_by, secret) values ($1, $2, $3) on conflict (webhook_id, made_by) do nothing',
    [webhookId, madeBy, newSecret()],
  );
  await client.query(
    `delete from webhook_secrets where webhook_id = $1 and (expires_at < now() or made_by in (
       select made_by from webhook_secrets where webhook_id = $1
       order by expires_at desc nulls first offset ${secretsMax}
     )) and made_by <> $2`,
    [webhookId, madeBy],
  );
  const { rows } = await client.query<{ secret: string }>(
    'select secret from webhook_secrets where webhook_id = $1 and made_by = $2',
    [webhookId, madeBy],
  );
  return rows[0]?.secret ?? '';
}

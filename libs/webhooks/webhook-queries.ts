import type { Pool } from '#platform';
import {
  canBeStored,
  deliveryColumns,
  webhookColumns,
  type Delivery,
  type DeliveryStatus,
  type Webhook,
} from './webhook.ts';

export interface DeliveryFilter {
  readonly status: DeliveryStatus | undefined;
  /** The number of the last delivery of the previous page. */
  readonly before: number | undefined;
  readonly limit: number;
}

export interface DeliveryPage {
  readonly rows: readonly Delivery[];
  readonly hasMore: boolean;
}

/** What is shown of webhooks and their deliveries. */
export class WebhookQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async list(): Promise<Webhook[]> {
    const { rows } = await this.#pool.query<Webhook>(
      `select ${webhookColumns} from webhooks where deleted_at is null order by created_at, id`,
    );
    return rows;
  }

  async find(id: string): Promise<Webhook | undefined> {
    if (!canBeStored(id)) return undefined;
    const { rows } = await this.#pool.query<Webhook>(
      `select ${webhookColumns} from webhooks where id = $1 and deleted_at is null`,
      [id],
    );
    return rows[0];
  }

  /** The newest first. */
  async deliveries(webhookId: string, { status, before, limit }: DeliveryFilter): Promise<DeliveryPage> {
    const { rows } = await this.#pool.query<Delivery>(
      `select ${deliveryColumns} from webhook_deliveries
       where webhook_id = $1 and ($2::text is null or status = $2) and ($3::bigint is null or number < $3)
       order by number desc limit $4`,
      [webhookId, status ?? null, before ?? null, limit + 1],
    );
    return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
  }
}

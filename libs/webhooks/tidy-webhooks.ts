import { assertMigrated, transaction, type Logger, type Pool } from '#platform';
import type { Process } from '#processes';
import { webhookMigrations } from './migrations.ts';
import { settleQueues, type QueueKey } from './queues.ts';

const failingDaysMax = 5;
const rowsMax = 5000;

export interface TidyOptions {
  readonly pool: Pool;
  readonly log: Logger;
  /** How long deliveries are kept. */
  readonly keptDays: number;
  /** In milliseconds since 1970. */
  readonly clock?: () => number;
}

/** Disables webhooks that fail for days, and deletes deliveries that are old or of a deleted webhook. */
export class TidyWebhooks implements Process {
  readonly name = 'tidy-webhooks';
  readonly waitsFor = 'the tables of webhooks';
  readonly everyMs = 60_000;
  readonly #options: TidyOptions;

  constructor(options: TidyOptions) {
    this.#options = options;
  }

  assertThere(): Promise<void> {
    return assertMigrated(this.#options.pool, webhookMigrations);
  }

  async round(signal: AbortSignal): Promise<void> {
    await this.#disableFailing();
    await this.#deleteBatches(oldSql, signal, [this.#daysAgo(this.#options.keptDays)]);
    await this.#deleteBatches(ofDeletedSql, signal);
    await this.#options.pool.query(
      `delete from webhooks w where deleted_at is not null
         and not exists (select from webhook_deliveries d where d.webhook_id = w.id)`,
    );
  }

  async #disableFailing(): Promise<void> {
    const { pool, log } = this.#options;
    const { rows } = await pool.query<{ id: string; failingSince: Date }>(
      `update webhooks set disabled_because = 'failing', disabled_at = now()
       where disabled_at is null and deleted_at is null and failing_since <= $1
       returning id, failing_since as "failingSince"`,
      [this.#daysAgo(failingDaysMax)],
    );
    for (const { id, failingSince } of rows)
      log.warn({ webhook: id, failingSince }, `the webhook was disabled: no success for ${failingDaysMax} days`);
  }

  /** In small batches, so that nothing else waits for them. */
  async #deleteBatches(someSql: string, signal: AbortSignal, values: readonly unknown[] = []): Promise<void> {
    for (let deleted = rowsMax; deleted === rowsMax && !signal.aborted;) {
      deleted = await transaction(this.#options.pool, async (client) => {
        const { rows } = await client.query<QueueKey & { status: string }>(
          `delete from webhook_deliveries where ctid in (${someSql} limit ${rowsMax} for update of d skip locked)
           returning webhook_id as "webhookId", subject, status`,
          [...values],
        );
        const pending = rows.filter(({ status }) => status === 'pending');
        if (pending.length > 0) await settleQueues(client, pending);
        return rows.length;
      });
    }
  }

  #daysAgo(days: number): Date {
    const { clock = Date.now } = this.#options;
    return new Date(clock() - days * 86_400_000);
  }
}

/** What an enabled webhook has not delivered yet is kept, however old it is. */
const oldSql = `select d.ctid from webhook_deliveries d join webhooks w on w.id = d.webhook_id
  where d.created_at < $1 and (d.status <> 'pending' or w.disabled_at is not null)`;

const ofDeletedSql = `select d.ctid from webhook_deliveries d join webhooks w on w.id = d.webhook_id
  where w.deleted_at is not null`;

import type { Migration } from '#platform';

export const webhookMigrations: readonly Migration[] = [
  {
    name: 'webhooks-1-endpoints-and-deliveries',
    sql: `
      create table webhooks (
        id text primary key,
        url text not null,
        events text[] not null,
        description text not null,
        disabled_because text check (disabled_because in ('staff', 'gone', 'failing')),
        disabled_at timestamptz,
        -- Of the first failure since the last success.
        failing_since timestamptz,
        -- By its Retry-After.
        paused_until timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        -- Its deliveries are deleted in batches, then the row.
        deleted_at timestamptz,
        check ((disabled_because is null) = (disabled_at is null))
      );

      create table webhook_secrets (
        webhook_id text not null references webhooks (id) on delete cascade,
        -- The id of the command that made it, so that a retry makes no other.
        made_by text not null,
        secret text not null,
        created_at timestamptz not null default now(),
        -- Null for the current one.
        expires_at timestamptz,
        primary key (webhook_id, made_by)
      );
      create unique index webhook_secrets_one_current on webhook_secrets (webhook_id) where expires_at is null;

      create table webhook_deliveries (
        webhook_id text not null references webhooks (id) on delete cascade,
        event_id text collate "C" not null,
        number bigint generated always as identity,
        type text not null,
        subject text collate "C" not null,
        body text not null,
        status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
        -- Of attempts: a replay begins another.
        round int not null default 1,
        -- Of the current round.
        failures int not null default 0,
        -- Attempted even while the endpoint is disabled.
        is_replay boolean not null default false,
        -- The latest attempts.
        attempts jsonb not null default '[]',
        created_at timestamptz not null,
        primary key (webhook_id, event_id)
      );
      create unique index webhook_deliveries_order on webhook_deliveries (webhook_id, number);
      create index webhook_deliveries_pending on webhook_deliveries (webhook_id, subject, number)
        where status = 'pending';
      create index webhook_deliveries_failed on webhook_deliveries (webhook_id, number) where status = 'failed';
      create index webhook_deliveries_age on webhook_deliveries (created_at);

      -- A row for each subject that has pending deliveries to an endpoint: when the first of them is due.
      create table webhook_queues (
        webhook_id text not null references webhooks (id) on delete cascade,
        subject text collate "C" not null,
        due_at timestamptz not null,
        has_replays boolean not null default false,
        primary key (webhook_id, subject)
      );
      create index webhook_queues_due on webhook_queues (webhook_id, due_at);
    `,
  },
];

import type { Migration } from '#platform';

export const projectionMigrations: readonly Migration[] = [
  {
    name: 'projections-1-generations',
    sql: `
      create table projections (
        name text not null,
        schema int not null,
        generation int not null,
        state text not null check (state in ('building', 'live', 'retired')),
        checkpoint text collate "C",
        lag_seconds double precision,
        error text,
        retired_at timestamptz,
        updated_at timestamptz not null default now(),
        primary key (name, schema, generation)
      );
      create unique index projections_one_live on projections (name, schema) where state = 'live';

      create table projection_leases (
        work text primary key,
        owner text not null,
        until timestamptz not null
      );

      create table parked_streams (
        name text not null,
        schema int not null,
        stream text collate "C" not null,
        revision bigint not null,
        error text not null,
        attempts int not null default 1,
        action text check (action in ('retry', 'skip')),
        parked_at timestamptz not null default now(),
        primary key (name, schema, stream)
      );
    `,
  },
  {
    name: 'projections-2-standings',
    sql: `
      -- How often rows of the live table were mended behind the back of its copy in Redis.
      alter table projections add column mends int not null default 0, drop column lag_seconds, drop column error;

      -- Of the event that could not be taken.
      alter table parked_streams add column position text collate "C";

      create table projection_standings (
        work text primary key,
        checkpoint text collate "C",
        lag_events bigint,
        lag_is_all boolean,
        lag_seconds double precision,
        events_per_second double precision,
        error text,
        said_at timestamptz not null default now()
      );
    `,
  },
  {
    name: 'projections-3-event-store-head',
    sql: `
      create table event_store_head (
        is_only boolean primary key default true check (is_only),
        started bigint not null default 0,
        round bigint not null default 0,
        head text collate "C"
      );
      insert into event_store_head default values;
    `,
  },
  {
    name: 'projections-4-runs',
    sql: `
      create table projection_runs (
        id bigint generated always as identity primary key,
        projection text not null,
        schema int not null,
        kind text not null check (kind in ('rebuild', 'verify')),
        state text not null default 'requested' check (state in ('requested', 'running', 'done', 'failed', 'cancelled')),
        requested_by text not null,
        requested_at timestamptz not null default now(),
        started_at timestamptz,
        ended_at timestamptz check ((ended_at is null) = (state in ('requested', 'running'))),
        -- The process that performs it, and how often one took it without bringing it further.
        owner text,
        attempts int not null default 0,
        -- When an error last interrupted it.
        interrupted_at timestamptz,
        events bigint not null default 0,
        position text collate "C",
        -- Of the event store when it was started.
        head text collate "C",
        generation int,
        rows bigint,
        differences int,
        differences_shown jsonb not null default '[]',
        error text
      );
      create unique index projection_runs_one_open on projection_runs (projection, schema, kind) where ended_at is null;
    `,
  },
];

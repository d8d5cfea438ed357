import type { Migration } from '#platform';

export const feedMigrations: readonly Migration[] = [
  {
    name: 'feeds-1-feeds',
    sql: `
      create table feeds (
        feed text primary key,
        -- Who opened the feed last: nobody else writes it.
        writer uuid not null,
        -- The position after which it starts again when Redis has lost it; null for the first event.
        starts_after text collate "C"
      );

      -- Streams that were parked: the events from the revision up to the position are told after that position.
      create table feed_late_streams (
        feed text not null references feeds (feed) on delete cascade,
        stream text collate "C" not null,
        revision bigint not null,
        -- The revision itself, or the next one if it was skipped.
        told_from bigint not null,
        told_at text collate "C" not null,
        -- Of the decision: Redis notes by it how much was told.
        decision uuid not null default gen_random_uuid(),
        primary key (feed, stream, revision)
      );
    `,
  },
];

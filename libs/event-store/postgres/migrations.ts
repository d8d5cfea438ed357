import type { Migration } from '#platform';

/** The advisory lock that serialises appends, so that positions become visible in their order. */
const appendLock = 7_046_029_255;

export const appendedChannel = 'holdfast_appended';

export const eventStoreMigrations: readonly Migration[] = [
  {
    name: 'event-store-1-events',
    sql: `
      create table event_store (id text not null);
      insert into event_store values (left(replace(gen_random_uuid()::text, '-', ''), 12));

      create table events (
        position bigint primary key,
        stream text collate "C" not null,
        revision bigint not null,
        id uuid not null,
        type text not null,
        data json not null,
        metadata json not null,
        constraint events_one_per_revision unique (stream, revision),
        constraint events_one_per_id unique (id)
      );

      create function refuse_event_change() returns trigger language plpgsql as $$
      begin
        raise exception 'events are append-only: % refused', tg_op using errcode = 'insufficient_privilege';
      end $$;
      create trigger append_only before update or delete or truncate on events
        execute function refuse_event_change();
      revoke update, delete, truncate on events from current_user;

      create function append_events(
        streams text[], expected bigint[], stream_of int[], ids uuid[], types text[], bodies json[], metadatas json[]
      ) returns table (ordinal int, outcome text, last_revision bigint, last_position bigint)
      language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(${appendLock});
        -- A statement of its own, begun under the lock: it sees whatever was appended before.
        return query
        with wanted as (
          select w.ordinal::int, w.stream, w.expected,
            coalesce((select e.revision from events e where e.stream = w.stream order by e.revision desc limit 1), -1)
              as actual
          from unnest(streams, expected) with ordinality w(stream, expected, ordinal)
        ), incoming as (
          select i.*, exists (select from events e where e.id = i.id) as known
          from unnest(stream_of, ids, types, bodies, metadatas) with ordinality
            i(ordinal, id, type, data, metadata, place)
        ), judged as (
          select w.*, case
            when bool_and(i.known) then 'already-done'
            when bool_or(i.known) or w.actual <> w.expected then 'conflict'
            else 'appended' end as outcome
          from wanted w join incoming i using (ordinal)
          group by w.ordinal, w.stream, w.expected, w.actual
        ), inserted as (
          insert into events (position, stream, revision, id, type, data, metadata)
          select
            coalesce((select max(e.position) from events e), 0) + row_number() over (order by i.place),
            j.stream,
            j.actual + row_number() over (partition by j.ordinal order by i.place),
            i.id, i.type, i.data, i.metadata
          from judged j join incoming i using (ordinal)
          where j.outcome = 'appended'
          returning stream, revision, position
        ), ends as (
          select stream, max(revision) as revision, max(position) as position from inserted group by stream
        )
        select j.ordinal, j.outcome, coalesce(n.revision, j.actual), n.position
        from judged j left join ends n using (stream);
        perform pg_notify('${appendedChannel}', '');
      end $$;
    `,
  },
];

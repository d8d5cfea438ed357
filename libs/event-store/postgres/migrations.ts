import type { Migration } from '#platform';

/** The advisory lock that serialises appends, so that positions become visible in order. */
export const appendLock = 7_046_029_255;

export const appendedChannel = 'holdfast_appended';

/** Separates texts that are sent as one; JSON escapes control characters, so it cannot occur in them. */
export const unitSeparator = '\u001f';

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
        -- JSON, made by the codec: PostgreSQL would check it again, at a sixth of the price of an append.
        data text not null,
        metadata text not null,
        constraint events_one_per_revision unique (stream, revision),
        constraint events_one_per_id unique (stream, id)
      );

      create function refuse_event_change() returns trigger language plpgsql as $$
      begin
        raise exception 'events are append-only: % refused', tg_op using errcode = 'insufficient_privilege';
      end $$;
      create trigger append_only before update or delete or truncate on events
        execute function refuse_event_change();
      -- Always: not even a session that plays a replica goes round it.
      alter table events enable always trigger append_only;
      revoke update, delete, truncate on events from current_user;

      -- The usual case, at half the price: every stream is where its writer thinks, and no id is known. Answers the
      -- position before the first event, or null when a stream is elsewhere; a known id is a unique_violation.
      create function append_expected(
        streams text[], expected bigint[], stream_of int[], revisions bigint[], ids uuid[], types text[],
        bodies text, metadatas text
      ) returns bigint
      language plpgsql
      -- The plan is made once a connection, perhaps while the table is empty, and must not scan it when it is full.
      set enable_seqscan = off
      set plan_cache_mode = force_generic_plan
      as $$
      declare
        all_as_expected boolean;
        head bigint;
      begin
        if current_setting('transaction_isolation') <> 'read committed' then
          raise exception 'append_expected needs to see what is committed while it waits: use read committed';
        end if;
        perform pg_advisory_xact_lock(${appendLock});
        -- Statements of their own, begun under the lock: they see whatever was appended before.
        select bool_and(w.expected = coalesce(
            (select e.revision from events e where e.stream = w.stream order by e.revision desc limit 1), -1))
          into all_as_expected from unnest(streams, expected) w(stream, expected);
        if not all_as_expected then
          return null;
        end if;
        select coalesce(max(e.position), 0) into head from events e;
        insert into events (position, stream, revision, id, type, data, metadata)
        select head + i.place, streams[i.ordinal], i.revision, i.id, i.type, i.data, i.metadata
        from rows from (
          unnest(stream_of, revisions, ids, types),
          string_to_table(bodies, E'${unitSeparator}'),
          string_to_table(metadatas, E'${unitSeparator}')
        ) with ordinality i(ordinal, revision, id, type, data, metadata, place);
        perform pg_notify('${appendedChannel}', '');
        return head;
      end $$;

      -- Any case: each append is judged by itself.
      create function append_events(
        streams text[], expected bigint[], stream_of int[], ids uuid[], types text[], bodies text[], metadatas text[]
      ) returns table (ordinal int, outcome text, last_revision bigint, last_position bigint)
      language plpgsql
      set enable_seqscan = off
      set plan_cache_mode = force_generic_plan
      as $$
      begin
        if current_setting('transaction_isolation') <> 'read committed' then
          raise exception 'append_events needs to see what is committed while it waits: use read committed';
        end if;
        perform pg_advisory_xact_lock(${appendLock});
        return query
        with wanted as materialized (
          select w.ordinal::int, w.stream, w.expected, coalesce(last.revision, -1) as actual
          from unnest(streams, expected) with ordinality w(stream, expected, ordinal)
          left join lateral (
            select e.revision from events e where e.stream = w.stream order by e.revision desc limit 1
          ) last on true
        ), incoming as materialized (
          select i.*, known.found is not null as known
          from unnest(stream_of, ids, types, bodies, metadatas) with ordinality
            i(ordinal, id, type, data, metadata, place)
          left join lateral (
            select true as found from events e where e.stream = streams[i.ordinal] and e.id = i.id limit 1
          ) known on true
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

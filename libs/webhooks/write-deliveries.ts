import type { Position } from '#event-store';
import type { Pool, PoolClient } from '#platform';
import type { ProjectionName } from '#projections';
import { anyType } from './event-types.ts';
import { deliveriesChannel } from './doorbell.ts';
import type { PublicEvent } from '#feeds';

export interface Page {
  readonly events: readonly PublicEvent[];
  readonly from: Position | undefined;
  readonly to: Position | undefined;
}

/** Clocks of writers may be as far behind: an event that was recorded after its endpoint is not taken for an older one. */
const clockSkewSeconds = 2;

/**
 * Deliveries, queues and checkpoint in one statement. Returns false and writes nothing if the checkpoint was moved. Every
 * queue is locked, also one that is there: whoever empties it at the same time sees the new delivery, or is waited for.
 */
export async function writeDeliveries(
  client: Pool | PoolClient,
  { name, schema }: ProjectionName,
  { events, from, to }: Page,
): Promise<boolean> {
  const { rows } = await client.query<{ moved: boolean }>({
    name: 'write-webhook-deliveries',
    text: statement,
    values: [
      name,
      schema,
      from ?? null,
      to ?? null,
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ subject }) => subject),
      events.map(({ timestamp }) => timestamp),
      events.map(bodyOf),
    ],
  });
  return rows[0]?.moved === true;
}

const statement = `
  with advanced as (
    update projections set checkpoint = $4, updated_at = now()
    where name = $1 and schema = $2 and state = 'live' and checkpoint is not distinct from $3
    returning generation
  ), made as (
    insert into webhook_deliveries (webhook_id, event_id, type, subject, body, created_at)
    select w.id, e.id, e.type, e.subject, e.body, e.at
    from unnest($5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[])
      with ordinality e (id, type, subject, at, body, place)
    join webhooks w on w.events && array[e.type, '${anyType}'] and w.deleted_at is null
      and e.at >= w.created_at - interval '${clockSkewSeconds} seconds'
    where exists (select from advanced)
    order by e.place, w.id
    on conflict (webhook_id, event_id) do nothing
    returning webhook_id, subject, created_at
  ), queued as (
    insert into webhook_queues (webhook_id, subject, due_at)
    select webhook_id, subject, least(min(created_at), now()) from made group by webhook_id, subject
    order by webhook_id, subject
    on conflict (webhook_id, subject) do update set subject = excluded.subject
    returning webhook_id
  ), rung as (
    select pg_notify('${deliveriesChannel}', '') from queued limit 1
  )
  select exists (select from advanced) as moved, (select count(*) from rung) as rung`;

function bodyOf({ type, version, timestamp, data }: PublicEvent): string {
  return JSON.stringify({ type, version, timestamp, data });
}

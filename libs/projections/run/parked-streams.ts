import type { Pool, PoolClient } from '#platform';
import { tellParked } from './channels.ts';
import { nameOf } from './generations.ts';
import type { PoisonEvent } from '../define/poison-event.ts';
import type { ProjectionName } from '../define/projection.ts';

const parkedStreamsMax = 100;

export interface ParkedStream {
  readonly stream: string;
  /** Revision of the event that could not be applied; it and later events wait. */
  readonly revision: number;
  readonly error: string;
  readonly attempts: number;
  readonly action: 'retry' | 'skip' | null;
}

export async function parkedStreams(client: Pool | PoolClient, projection: ProjectionName): Promise<ParkedStream[]> {
  const { rows } = await client.query<ParkedStream>(
    `select stream, revision, error, attempts, action from parked_streams where name = $1 and schema = $2 order by parked_at`,
    nameOf(projection),
  );
  return rows;
}

/** Too many parked streams stop a projection: the fault is then hardly theirs. */
export function assertCanPark(parked: number, poison: readonly PoisonEvent[]): void {
  if (poison.length === 0 || parked + poison.length <= parkedStreamsMax) return;
  throw new Error(`more than ${parkedStreamsMax} streams would be parked; the last error: ${poison[0]?.message ?? ''}`);
}

export async function park(client: PoolClient, projection: ProjectionName, poison: PoisonEvent): Promise<void> {
  const { stream, revision, position } = poison.event;
  await client.query(
    `insert into parked_streams as parked (name, schema, stream, revision, position, error)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (name, schema, stream) do update set revision = excluded.revision, position = excluded.position,
       error = excluded.error, attempts = parked.attempts + 1, action = null`,
    [...nameOf(projection), stream, revision, position, poison.message],
  );
  await tellParked(client, projection, stream, position);
}

export async function unpark(client: PoolClient, projection: ProjectionName, stream: string): Promise<void> {
  await client.query('delete from parked_streams where name = $1 and schema = $2 and stream = $3', [
    ...nameOf(projection),
    stream,
  ]);
  await tellParked(client, projection, stream, undefined);
}

/** Clears the parked streams of a new generation, which applies all events again. */
export async function unparkAll(client: PoolClient, projection: ProjectionName): Promise<void> {
  for (const { stream } of await parkedStreams(client, projection)) await unpark(client, projection, stream);
}

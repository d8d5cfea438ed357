import { isPosition, type Position } from '#event-store';
import type { PoolClient } from '#platform';
import type { ProjectionName } from '../define/projection.ts';
import { viewOf } from '../define/tables.ts';

/** Notification that the checkpoint of a live generation moved: `<view> <position>`. */
export const checkpointChannel = 'holdfast_checkpoint';

/** Notification that a stream is parked from a position on, or no longer: `<view> <position or -> <stream>`. */
export const parkedChannel = 'holdfast_parked';

/** Sent in the transaction that parks, before the notification of the checkpoint, so that both arrive together. */
export async function tellParked(
  client: PoolClient,
  projection: ProjectionName,
  stream: string,
  from: Position | undefined,
): Promise<void> {
  await client.query('select pg_notify($1, $2)', [parkedChannel, `${viewOf(projection)} ${from ?? '-'} ${stream}`]);
}

export interface ParkedNews {
  readonly view: string;
  readonly stream: string;
  /** Undefined if it is no longer parked. */
  readonly from: Position | undefined;
}

export function parkedNews(payload: string): ParkedNews {
  const [, view = '', from = '', stream = ''] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? [];
  return { view, stream, from: isPosition(from) ? from : undefined };
}

import { isPosition, type Position } from '#event-store';
import type { PoolClient } from '#platform';
import type { ProjectionName } from '../define/projection.ts';
import { viewOf } from '../define/tables.ts';

/** Says that the checkpoint of a live generation moved, and where to: `<view> <position>`. */
export const checkpointChannel = 'holdfast_checkpoint';

/** Says from which position on a stream is parked, or that it no longer is: `<view> <position or -> <stream>`. */
export const parkedChannel = 'holdfast_parked';

/** Told within the transaction that parks, before it tells of the checkpoint: nobody hears of one without the other. */
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
  /** Undefined when it is no longer parked. */
  readonly from: Position | undefined;
}

export function parkedNews(payload: string): ParkedNews {
  const [, view = '', from = '', stream = ''] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? [];
  return { view, stream, from: isPosition(from) ? from : undefined };
}

import type { Pool } from '#platform';
import { nameOf } from '../run/generations.ts';
import type { ProjectionName } from '../define/projection.ts';

/** Asks the worker to retry or skip a parked stream, which it does between two pages; false if it is not parked. */
export async function requestAction(
  pool: Pool,
  projection: ProjectionName,
  stream: string,
  action: 'retry' | 'skip',
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update parked_streams set action = $4 where name = $1 and schema = $2 and stream = $3',
    [...nameOf(projection), stream, action],
  );
  return rowCount === 1;
}

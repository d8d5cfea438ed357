import type { Pool } from '#platform';
import { nameOf } from '../run/generations.ts';
import type { ProjectionName } from '../define/projection.ts';

/** A wish, which the worker fulfils between two pages; answers whether the stream is parked at all. */
export async function wish(
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

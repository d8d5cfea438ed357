import type { Pool } from '#platform';
import type { ProjectionName } from '../define/projection.ts';
import { viewOf } from '../define/tables.ts';
import type { Version } from '../define/version.ts';

interface VersionRow extends ProjectionName {
  readonly generation: number;
  readonly repairs: number;
  readonly checkpoint: Version['checkpoint'] | null;
}

/** The versions of the live tables of these projections, by view: rows that are read afterwards cover them. */
export async function versionsOf(
  pool: Pool,
  projections: readonly ProjectionName[],
): Promise<ReadonlyMap<string, Version>> {
  if (projections.length === 0) return new Map();
  const { rows } = await pool.query<VersionRow>({
    name: 'versions-of-projections',
    text: `select name, schema, generation, mends as repairs, checkpoint from projections
      join unnest($1::text[], $2::int[]) wanted (name, schema) using (name, schema) where state = 'live'`,
    values: [projections.map(({ name }) => name), projections.map(({ schema }) => schema)],
  });
  return new Map(
    rows.map(({ checkpoint, generation, repairs, ...projection }) => [
      viewOf(projection),
      { generation, repairs, checkpoint: checkpoint ?? undefined },
    ]),
  );
}

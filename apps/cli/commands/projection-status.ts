import type { EventStore, Position } from '#event-store';
import type { Pool } from '#platform';
import { readModels } from '#read-models';

export interface ProjectionStatus {
  readonly projection: string;
  readonly schema: number;
  readonly generation: number;
  readonly state: string;
  readonly checkpoint: Position | null;
  readonly caughtUp: boolean;
  readonly lagSeconds: number | null;
  readonly parked: number;
}

/** Where every generation of every projection stands, against the head of the events. */
export async function projectionStatus(pool: Pool, store: EventStore): Promise<readonly ProjectionStatus[]> {
  const head = await store.head();
  const names = readModels.map(({ projection }) => projection.name);
  const { rows } = await pool.query<Omit<ProjectionStatus, 'caughtUp'>>(
    `select p.name as projection, p.schema, p.generation, p.state, p.checkpoint, p.lag_seconds as "lagSeconds",
       (select count(*)::int from parked_streams s where s.name = p.name and s.schema = p.schema) as parked
     from projections p where p.name = any($1) order by p.name, p.schema, p.generation`,
    [names],
  );
  return rows.map((row) => ({
    ...row,
    caughtUp: head === undefined || (row.checkpoint !== null && row.checkpoint >= head),
  }));
}

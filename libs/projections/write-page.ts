import type { Position } from '#event-store';
import type { Pool, PoolClient } from '#platform';
import { checkpointChannel } from './channels.ts';
import { nameOf, type Generation } from './generations.ts';
import type { Projection, Row } from './projection.ts';
import { columnValues, tableOf, upsertSql, viewOf } from './tables.ts';

export interface PageWrite {
  readonly generation: Generation;
  readonly rows: readonly Row[];
  readonly from: Position | undefined;
  readonly to: Position;
}

/**
 * Rows, checkpoint and the news of it in one statement, so that a page costs one round trip. Answers false, and has
 * written nothing, when the checkpoint was not where it was left.
 */
export async function writePage(
  client: Pool | PoolClient,
  projection: Projection,
  { generation: { number, state }, rows, from, to }: PageWrite,
): Promise<boolean> {
  const { rowCount } = await client.query({
    // Planned once a connection; whether there are rows decides what is planned.
    name: `${tableOf(projection, number)}_${state}_${rows.length > 0 ? 'rows' : 'none'}`,
    text: statement(projection, number, state, rows.length > 0),
    values: [
      ...nameOf(projection),
      number,
      state,
      from ?? null,
      to,
      ...(rows.length > 0 ? columnValues(projection.table, rows) : []),
    ],
  });
  return rowCount === 1;
}

const ownParameters = 6;

function statement(projection: Projection, number: number, state: string, hasRows: boolean): string {
  const table = tableOf(projection, number);
  const written = upsertSql(table, projection.table, ownParameters + 1, 'exists (select from advanced)');
  // What a crash may take back is written again, rows and checkpoint alike: nobody has seen a table that is being built,
  // and of a page without rows there is nothing to see.
  const lazily = `set_config('synchronous_commit', 'off', true)`;
  const news = `pg_notify('${checkpointChannel}', '${viewOf(projection)} ' || $6)`;
  const told = [...(state === 'live' ? [news] : []), ...(state === 'live' && hasRows ? [] : [lazily])];
  return `with advanced as (
      update projections set checkpoint = $6, updated_at = now()
      where name = $1 and schema = $2 and generation = $3 and state = $4 and checkpoint is not distinct from $5
      returning generation
    )${hasRows ? `, written as (${written})` : ''}
    select ${told.join(', ')} from advanced`;
}

import type { Position } from '#event-store';
import type { Pool, PoolClient } from '#platform';
import { changesChannel, noticesOf } from './change-notices.ts';
import { checkpointChannel } from './channels.ts';
import { nameOf, type Generation } from './generations.ts';
import type { Projection } from '../define/projection.ts';
import type { PageRows } from '../define/rows.ts';
import { columnTypes, columnValues, deleteSql, keyValues, tableOf, upsertSql, viewOf } from '../define/tables.ts';

export interface PageWrite extends Pick<PageRows, 'rows' | 'deleted'> {
  readonly generation: Generation;
  readonly from: Position | undefined;
  readonly to: Position;
}

/**
 * Rows, checkpoint and notification in one statement, so that a page costs one round trip. Returns false and writes
 * nothing if the checkpoint was moved.
 */
export async function writePage(
  client: Pool | PoolClient,
  projection: Projection,
  { generation: { number, state }, rows, deleted, from, to }: PageWrite,
): Promise<boolean> {
  const concerned = { hasRows: rows.length > 0, hasDeleted: deleted.length > 0 };
  const tells = projection.followed === true && state === 'live' && (concerned.hasRows || concerned.hasDeleted);
  const { rowCount } = await client.query({
    // Prepared once per connection, with a variant for each combination of rows and deleted rows.
    name: `${tableOf(projection, number)}_${state}_${concerned.hasRows ? 'rows' : 'none'}_${concerned.hasDeleted ? 'gone' : 'none'}${tells ? '_told' : ''}`,
    text: statement(projection, number, state, { ...concerned, tells }),
    values: [
      ...nameOf(projection),
      number,
      state,
      from ?? null,
      to,
      ...(rows.length > 0 ? columnValues(projection.table, rows) : []),
      ...(deleted.length > 0 ? keyValues(projection.table, deleted) : []),
      ...(tells ? [noticesOf(projection, [...rows, ...deleted], to)] : []),
    ],
  });
  return rowCount === 1;
}

const ownParameters = 6;

interface Concerned {
  readonly hasRows: boolean;
  readonly hasDeleted: boolean;
  /** Whether streams follow the projection: then they are told which rows changed. */
  readonly tells: boolean;
}

function statement(
  projection: Projection,
  number: number,
  state: string,
  { hasRows, hasDeleted, tells }: Concerned,
): string {
  const table = tableOf(projection, number);
  const ifAdvanced = 'exists (select from advanced)';
  const afterRows = ownParameters + 1 + (hasRows ? Object.keys(columnTypes(projection.table)).length : 0);
  const written = upsertSql(table, projection.table, ownParameters + 1, ifAdvanced);
  const deleted = deleteSql(table, projection.table, afterRows, ifAdvanced);
  // A crash loses rows and checkpoint together, and they are written again: a table in construction is not read,
  // and a page without rows shows nothing.
  const lazily = `set_config('synchronous_commit', 'off', true)`;
  const news = `pg_notify('${checkpointChannel}', '${viewOf(projection)} ' || $6)`;
  const isSeen = state === 'live' && (hasRows || hasDeleted);
  const afterDeleted = afterRows + (hasDeleted ? Object.keys(projection.table.key).length + 1 : 0);
  const changes = `(select count(pg_notify('${changesChannel}', notice)) from unnest($${afterDeleted}::text[]) notice)`;
  const told = [...(state === 'live' ? [news] : []), ...(isSeen ? [] : [lazily]), ...(tells ? [changes] : [])];
  return `with advanced as (
      update projections set checkpoint = $6, updated_at = now()
      where name = $1 and schema = $2 and generation = $3 and state = $4 and checkpoint is not distinct from $5
      returning generation
    )${hasRows ? `, written as (${written})` : ''}${hasDeleted ? `, deleted as (${deleted})` : ''}
    select ${told.join(', ')} from advanced`;
}

import { connectEventStore } from '#event-store/connect';
import { makePosition, type RecordedEvent } from '#event-store';
import { createPool, type PoolClient } from '#platform';
import type { Projection } from '#projections';
import { readModels } from '#read-models';
import type { Paced, Task } from './tasks.ts';

const pageEvents = 1000;

/**
 * The same rows from the same handlers, one statement per row: one transaction per event, or per page of a thousand.
 * All read models share the transaction and the prepared statements of the connection.
 */
export async function replayByStatements(
  task: Extract<Task, { kind: 'transaction-per-event' | 'statement-per-event' }>,
): Promise<Omit<Paced, 'peakMb'>> {
  const pool = createPool({ url: task.postgres, connectionsMax: 1, name: 'bench' });
  const store = await connectEventStore(task.postgres);
  const projections = readModels.map(({ projection }) => projection).filter(({ name }) => task.models.includes(name));
  const client = await pool.connect();
  for (const projection of projections) await client.query(tableOf(projection));
  await client.query('create table baseline_checkpoint as select null::text as position');
  let events = 0;
  const began = performance.now();
  // From the middle, because the first events of all stocks are similar.
  let end = makePosition(store.id, BigInt(task.stockEvents) / 2n);
  while (events < task.events) {
    const page = await store.readAll(end, Math.min(pageEvents, task.events - events));
    const parts = task.kind === 'statement-per-event' ? [page.events] : page.events.map((event) => [event]);
    for (const part of parts) await write(client, projections, part);
    events += page.events.length;
    end = page.end ?? end;
  }
  const seconds = (performance.now() - began) / 1000;
  for (const { name } of projections) await client.query(`drop table baseline_${name}`);
  await client.query('drop table baseline_checkpoint');
  client.release();
  await Promise.all([store.close(), pool.end()]);
  return { events, seconds };
}

async function write(
  client: PoolClient,
  projections: readonly Projection[],
  events: readonly RecordedEvent[],
): Promise<void> {
  await client.query({ name: 'begin', text: 'begin' });
  for (const event of events) {
    for (const projection of projections) {
      const columns = columnsOf(projection);
      for (const row of projection.changesOf(event)) {
        await client.query({
          name: projection.name,
          text: upsertOf(projection),
          values: columns.map((column) => row[column] ?? null),
        });
      }
    }
  }
  await client.query({
    name: 'checkpoint',
    text: 'update baseline_checkpoint set position = $1',
    values: [events.at(-1)?.position],
  });
  await client.query({ name: 'commit', text: 'commit' });
}

function columnsOf({ table: { key, columns } }: Projection): string[] {
  return [...new Set([...Object.keys(key), ...Object.keys(columns), 'revision'])];
}

function upsertOf(projection: Projection): string {
  const { key } = projection.table;
  const columns = columnsOf(projection);
  const others = columns.filter((column) => !(column in key)).map((column) => `${column} = excluded.${column}`);
  return `insert into baseline_${projection.name} as present (${columns.join(', ')})
    values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
    on conflict (${Object.keys(key).join(', ')}) do update set ${others.join(', ')}
    where present.revision < excluded.revision`;
}

/** With the indexes of the read model. */
function tableOf({ name, table: { key, columns, indexes = [] } }: Projection): string {
  const types = Object.entries({ ...key, ...columns, revision: 'bigint' }).map(([column, type]) => `${column} ${type}`);
  return [
    `create table baseline_${name} (${types.join(', ')}, primary key (${Object.keys(key).join(', ')}))`,
    ...indexes.map((index) => `create index on baseline_${name} ${index}`),
  ].join(';');
}

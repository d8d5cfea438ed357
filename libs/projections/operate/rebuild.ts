import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  comparePositions,
  ForeignPosition,
  pageBytesMax,
  storeOf,
  StoreWentBackwards,
  type EventStore,
  type Position,
} from '#event-store';
import { transaction, type Pool, type PoolClient } from '#platform';
import { completeTable } from '../run/complete-table.ts';
import { Generations, nameOf, type Generation } from '../run/generations.ts';
import { unparkAll } from '../run/parked-streams.ts';
import type { Projection } from '../define/projection.ts';
import { rowsOf, type PageRows } from '../define/rows.ts';
import { writePage } from '../run/write-page.ts';
import { SharedReader } from '../run/shared-reader.ts';
import { tableOf, viewOf, writeRows } from '../define/tables.ts';

export interface RebuildProgress {
  /** Since the rebuild began or resumed. */
  readonly events: number;
  readonly checkpoint: Position | undefined;
  readonly generation: number;
}

export interface RebuildOptions {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly projection: Projection;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RebuildProgress) => void;
}

interface Replayed extends Generation {
  readonly events: number;
}

interface BuiltPage {
  readonly rows: PageRows;
  readonly from: Position | undefined;
  readonly to: Position;
  /** All events so far. */
  readonly events: number;
}

const bounds = { eventsMax: 5000, bytesMax: pageBytesMax };

/** There is no live generation yet: the projector is still building the first one. */
class NotLiveYet extends Error {
  override readonly name = 'NotLiveYet';
}

/** Another process builds the same generation, and only one can go on. */
export class RebuiltElsewhere extends Error {
  override readonly name = 'RebuiltElsewhere';
}

/** Another role could build a table, but not replace the view, and the projector could not write the table. */
export class NotTheOwner extends Error {
  override readonly name = 'NotTheOwner';
}

/**
 * Builds a new generation beside the live one, and switches to it once it has caught up. If it is interrupted, the next
 * run resumes.
 */
export async function rebuild(options: RebuildOptions): Promise<number> {
  const { pool, store, projection, signal } = options;
  const generations = new Generations(pool, projection);
  if ((await generations.find('live')) === undefined) throw new NotLiveYet(`${viewOf(projection)} is not live yet`);
  await assertOwner(pool, projection);
  const building = { ...(await beginOrResume(generations, store)), events: 0 };
  const replayed = await replay(options, building);
  await completeTable(pool, tableOf(projection, building.number), projection.table, signal);
  // What was appended meanwhile.
  await swap(options, generations, await replay(options, replayed));
  return building.number;
}

/**
 * Applies all events there are; returns the generation with its checkpoint. The rows of a page are made while those
 * before are written.
 */
async function replay(options: RebuildOptions, building: Replayed): Promise<Replayed> {
  const { store, signal } = options;
  const reader = new SharedReader(store, bounds);
  let { checkpoint, events } = building;
  let written = Promise.resolve();
  try {
    for (;;) {
      const page = await reader.page(checkpoint);
      if (page.end === undefined || page.end === checkpoint) break;
      if (page.isFull) reader.readAhead(page.end);
      const rows = wholeRowsOf(options.projection, page.events);
      await written;
      signal.throwIfAborted();
      const [from, to] = [checkpoint, page.end];
      events += page.events.length;
      written = writeBuilt(options, building, { rows, from, to, events });
      // Awaited with the next page, and in any case before this ends.
      written.catch(() => undefined);
      checkpoint = to;
      // The statement is sent before the next page keeps this process busy.
      await nextTurn();
    }
    await written;
    signal.throwIfAborted();
    return { ...building, checkpoint, events };
  } finally {
    await written.catch(() => undefined);
  }
}

/** If a crash loses a checkpoint together with its rows, the rebuild continues from the previous one. */
async function writeBuilt(
  { pool, projection, onProgress }: RebuildOptions,
  { number, state, repairs }: Generation,
  { rows, from, to, events }: BuiltPage,
): Promise<void> {
  const generation = { number, state, repairs, checkpoint: from };
  if (!(await writePage(pool, projection, { generation, ...rows, from, to }))) {
    throw new RebuiltElsewhere(`another rebuild of ${viewOf(projection)} has moved the checkpoint`);
  }
  onProgress({ events, checkpoint: to, generation: number });
}

async function assertOwner(pool: Pool, projection: Projection): Promise<void> {
  const view = viewOf(projection);
  const { rows } = await pool.query<{ owner: string; self: string }>(
    `select pg_get_userbyid(relowner) as owner, current_user as self from pg_class
     where oid = to_regclass($1) and not pg_has_role(relowner, 'usage')`,
    [view],
  );
  const [foreign] = rows;
  if (foreign === undefined) return;
  const { owner, self } = foreign;
  throw new NotTheOwner(`${view} belongs to the role ${owner}, not to ${self}: rebuild with the projector's settings`);
}

/** A rebuild started on another event store, or before a restore of this one, is discarded. */
async function beginOrResume(generations: Generations, store: EventStore): Promise<Generation> {
  const building = await generations.create();
  try {
    if (building.checkpoint !== undefined) await store.countAfter(building.checkpoint);
    return building;
  } catch (error) {
    if (!(error instanceof ForeignPosition || error instanceof StoreWentBackwards)) throw error;
    await generations.drop(building.number);
    return generations.create();
  }
}

async function write(
  client: PoolClient,
  { projection }: RebuildOptions,
  { number }: Generation,
  events: Parameters<typeof rowsOf>[1],
  to: Position,
): Promise<void> {
  await writeRows(client, tableOf(projection, number), projection.table, wholeRowsOf(projection, events));
  await client.query(
    'update projections set checkpoint = $4, updated_at = now() where name = $1 and schema = $2 and generation = $3',
    [...nameOf(projection), number, to],
  );
}

/** A rebuild takes every event, or fails. */
function wholeRowsOf(projection: Projection, events: Parameters<typeof rowsOf>[1]): PageRows {
  const page = rowsOf(projection, events);
  if (page.poison[0] !== undefined) throw page.poison[0];
  return page;
}

/** Locks the checkpoint row of the live generation while the last events are applied, so that its worker waits. */
async function swap(options: RebuildOptions, generations: Generations, building: Generation): Promise<void> {
  const { pool, store, projection } = options;
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ checkpoint: Position | null }>(
      `select checkpoint from projections where name = $1 and schema = $2 and state = 'live' for update`,
      nameOf(projection),
    );
    const live = rows[0]?.checkpoint ?? undefined;
    // If the live checkpoint belongs to another store, positions cannot be compared, and the live generation is
    // replaced as it is.
    const wanted = live !== undefined && storeOf(live) === store.id ? live : undefined;
    let { checkpoint } = building;
    const isBehind = (): boolean =>
      wanted !== undefined && (checkpoint === undefined || comparePositions(checkpoint, wanted) < 0);
    while (isBehind()) {
      const page = await store.readAll(checkpoint, bounds.eventsMax);
      if (page.end === undefined || page.end === checkpoint) break;
      await write(client, options, building, page.events, page.end);
      checkpoint = page.end;
    }
    await unparkAll(client, projection);
    await generations.goLive(client, building.number);
  });
}

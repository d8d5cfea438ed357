import pg from 'pg';
import { assertWritable, StatementGroups, type Pool } from '#platform';
import { askAgain } from '../ask-again.ts';
import { checkAppend } from '../check-append.ts';
import { ForeignPosition, outcomeUnread, StoreUnavailable, StoreWentBackwards } from '../errors.ts';
import type { NewEvent, RecordedEvent } from '../event.ts';
import {
  pageBytesMax,
  type AllPage,
  type AppendResult,
  type EventCount,
  type EventStore,
  type ExpectedRevision,
  type StreamPageRequest,
} from '../event-store.ts';
import { makePosition, parsePosition, type Position } from '../position.ts';
import { defaultTimeouts, type StoreTimeouts } from '../timeouts.ts';
import { AppendQueue } from './append-queue.ts';
import { appendSet, type SetOutcome } from './append-set.ts';
import { appendConnections, openAppendPool, openReadPool } from './connections.ts';
import { Doorbell } from './doorbell.ts';
import { eventColumns, pageQuery, recordedEvent, type EventRow, type PageRow } from './event-rows.ts';
import { blamesOneRequest, readFailure } from './failures.ts';

const streamsPerSetMax = 512;
const requestsWaitingMax = 10_000;
const ordinalMax = 2n ** 63n - 1n;

/** The events of one stream from a revision on. */
interface StreamRead {
  readonly stream: string;
  readonly from: number;
  readonly limit: number;
}

const readsPerStatementMax = 64;
/** Most reads ask what is new in a stream that is known; more events of a stream are read by a statement of their own. */
const eventsPerReadMax = 8;
const readsQuery = `
  select wanted.place::int, page.*
  from unnest($1::text[], $2::bigint[], $3::bigint[]) with ordinality as wanted (stream, first, size, place), lateral (
    select ${eventColumns} from events where stream = wanted.stream and revision >= wanted.first
    order by revision limit least(wanted.size, ${eventsPerReadMax})
  ) page order by wanted.place, page.revision`;

export class PostgresEventStore implements EventStore {
  readonly id: string;
  readonly appendBytesMax = 4 * 1024 * 1024;
  readonly #appends: Pool;
  readonly #reads: Pool;
  readonly #doorbell: Doorbell;
  readonly #queue = new AppendQueue<SetOutcome>({
    write: (requests) => appendSet(this.#appends, requests),
    callsInFlightMax: appendConnections,
    setBytesMax: this.appendBytesMax,
    setRequestsMax: streamsPerSetMax,
    requestsWaitingMax,
    blamesOneRequest,
  });

  readonly #streamReads = new StatementGroups<StreamRead, readonly RecordedEvent[]>({
    run: (reads) => this.#readStreams(reads),
    groupMax: readsPerStatementMax,
    rejection: StoreUnavailable,
  });

  private constructor(id: string, url: string, reads: Pool, timeouts: StoreTimeouts) {
    this.id = id;
    this.#reads = reads;
    this.#appends = openAppendPool(url, timeouts);
    this.#doorbell = new Doorbell(url);
  }

  /** Requires the migrations, which create the id of the store. */
  static async connect(url: string, timeouts: StoreTimeouts = defaultTimeouts): Promise<PostgresEventStore> {
    const reads = openReadPool(url, timeouts);
    try {
      return new PostgresEventStore(await readStoreId(reads), url, reads, timeouts);
    } catch (error) {
      await reads.end();
      throw error;
    }
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    checkAppend(stream, events, this.appendBytesMax);
    const outcome = await this.#queue.append({ stream, expected, events });
    switch (outcome.outcome) {
      case 'conflict':
        return outcome;
      case 'appended': {
        const { revision, ordinal } = outcome;
        return { outcome: 'appended', revision, position: makePosition(this.id, ordinal) };
      }
      case 'already-done': {
        const ids = events.map(({ id }) => id);
        return { ...outcome, events: await this.findEvents(stream, ids).catch(outcomeUnread) };
      }
    }
  }

  async readStream(stream: string, { direction = 'forwards', from, limit }: StreamPageRequest) {
    if (direction === 'backwards') {
      const sql = `select ${eventColumns} from events where stream = $1 and revision <= $2 order by revision desc limit $3`;
      return this.#events('read-stream-backwards', sql, [stream, from ?? Number.MAX_SAFE_INTEGER, limit]);
    }
    const begin = from ?? 0;
    const first = await this.#streamReads.run({ stream, from: begin, limit });
    if (first.length < eventsPerReadMax || first.length === limit) return first;
    const sql = `select ${eventColumns} from events where stream = $1 and revision >= $2 order by revision limit $3`;
    const rest = [stream, begin + first.length, limit - first.length];
    return [...first, ...(await this.#events('read-stream-forwards', sql, rest))];
  }

  /** The first events that each asks for. */
  async #readStreams(reads: readonly StreamRead[]): Promise<readonly (readonly RecordedEvent[])[]> {
    const values = [reads.map(({ stream }) => stream), reads.map(({ from }) => from), reads.map(({ limit }) => limit)];
    const rows = await this.#query<EventRow & { place: number }>('read-streams', readsQuery, values);
    const pages = Map.groupBy(rows, ({ place }) => place);
    return reads.map((_, index) => (pages.get(index + 1) ?? []).map((row) => recordedEvent(this.id, row)));
  }

  async findEvents(stream: string, ids: readonly string[]): Promise<readonly RecordedEvent[]> {
    const sql = `select ${eventColumns} from events where stream = $1 and id = any($2) order by revision`;
    return this.#events('find-events', sql, [stream, ids]);
  }

  async readAll(after: Position | undefined, limit: number, bytesMax = pageBytesMax): Promise<AllPage> {
    const rows = await this.#query<PageRow>('read-all', pageQuery, [this.#ordinalOf(after), limit, bytesMax]);
    if (rows.length === 0 && after !== undefined) await this.#rejectBeyondHead(after);
    const events = rows.map((row) => recordedEvent(this.id, row));
    return {
      events,
      end: events.at(-1)?.position ?? after,
      bytes: rows.reduce((sum, row) => sum + row.data.length + row.metadata.length, 0),
      isFull: rows.length === limit || rows[0]?.is_cut === true,
    };
  }

  /** Positions have no gaps: they are assigned under the lock, each following the last existing one. */
  async countAfter(after: Position | undefined): Promise<EventCount> {
    const ordinal = this.#ordinalOf(after);
    const head = await this.head();
    const last = this.#ordinalOf(head);
    if (after !== undefined && last < ordinal) throw new StoreWentBackwards(after, head);
    return { events: Number(last - ordinal), isAll: true };
  }

  async head(): Promise<Position | undefined> {
    const [row] = await this.#query<{ head: string | null }>('head', 'select max(position) as head from events', []);
    return row?.head == null ? undefined : makePosition(this.id, BigInt(row.head));
  }

  async assertTakesAppends(): Promise<void> {
    await assertWritable(this.#appends);
  }

  onAppend(ring: () => void): () => void {
    return this.#doorbell.onRing(ring);
  }

  async close(): Promise<void> {
    await Promise.all([this.#doorbell.close(), this.#appends.end(), this.#reads.end()]);
  }

  #ordinalOf(position: Position | undefined): bigint {
    if (position === undefined) return 0n;
    const [ordinal, ...more] = parsePosition(position, this.id);
    if (ordinal === undefined || more.length > 0 || ordinal > ordinalMax) throw new ForeignPosition(position, this.id);
    return ordinal;
  }

  async #rejectBeyondHead(position: Position): Promise<void> {
    const head = await this.head();
    if (head === undefined || head < position) throw new StoreWentBackwards(position, head);
  }

  async #events(name: string, sql: string, values: unknown[]): Promise<RecordedEvent[]> {
    const rows = await this.#query<EventRow>(name, sql, values);
    return rows.map((row) => recordedEvent(this.id, row));
  }

  async #query<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return askAgain(async () => {
      try {
        return (await this.#reads.query<Row>({ name, text, values })).rows;
      } catch (error) {
        throw readFailure(error);
      }
    });
  }
}

const undefinedTable = '42P01';

async function readStoreId(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select id from event_store').catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError) || error.code !== undefinedTable) throw readFailure(error);
    throw new Error('this database has no event store yet: run holdfast migrate', { cause: error });
  });
  const [row] = rows;
  if (row === undefined) throw new Error('the table event_store is empty: the id of the store is lost');
  return row.id;
}

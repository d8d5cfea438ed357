import pg from 'pg';
import { AppendTooLarge, StoreWentBackwards } from '../errors.ts';
import type { EventMetadata, NewEvent, RecordedEvent } from '../event.ts';
import {
  sizeOf,
  type AllPage,
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type StreamPageRequest,
} from '../event-store.ts';
import { makePosition, parsePosition, type Position } from '../position.ts';
import { AppendQueue, type AppendRequest } from './append-queue.ts';
import { Doorbell } from './doorbell.ts';
import { appendFailure, blamesOneRequest, connectFailure, readFailure } from './failures.ts';

interface EventRow {
  position: string;
  stream: string;
  revision: string;
  id: string;
  type: string;
  data: unknown;
  metadata: EventMetadata;
}

interface OutcomeRow {
  ordinal: number;
  outcome: AppendResult['outcome'];
  last_revision: string;
  last_position: string;
}

const appendConnections = 2;
const readConnectionsMax = 6;
const connectTimeoutMs = 3000;
const serverTimeoutMs = 8000;
// Longer than the server's own, so that the server's definite answer comes first whenever it can.
const clientTimeoutMs = 10_000;
const streamsPerSetMax = 512;

const columns = 'position, stream, revision, id, type, data, metadata';

export class PostgresEventStore implements EventStore {
  readonly id: string;
  readonly appendBytesMax = 4 * 1024 * 1024;
  readonly #appends: pg.Pool;
  readonly #reads: pg.Pool;
  readonly #doorbell: Doorbell;
  readonly #queue = new AppendQueue({
    write: (requests) => this.#write(requests),
    callsInFlightMax: appendConnections,
    setBytesMax: this.appendBytesMax,
    setRequestsMax: streamsPerSetMax,
    blamesOneRequest,
  });

  private constructor(id: string, url: string, reads: pg.Pool) {
    this.id = id;
    this.#reads = reads;
    this.#appends = pool(url, 'holdfast-append', appendConnections, {
      statement_timeout: serverTimeoutMs,
      lock_timeout: serverTimeoutMs,
      // An append whose client has gone must not go on waiting for its lock.
      options: '-c client_connection_check_interval=1000',
    });
    this.#doorbell = new Doorbell(url);
  }

  /** Needs the migrations applied: the store's id is a row of theirs. */
  static async connect(url: string): Promise<PostgresEventStore> {
    const reads = pool(url, 'holdfast-events', readConnectionsMax, { statement_timeout: serverTimeoutMs });
    try {
      const { rows } = await reads.query<{ id: string }>('select id from event_store');
      const id = rows[0]?.id;
      if (id === undefined) throw new Error('the event_store table is empty: it was tampered with');
      return new PostgresEventStore(id, url, reads);
    } catch (error) {
      await reads.end();
      throw readFailure(error);
    }
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (events.length === 0) throw new Error(`an append to ${stream} has no events`);
    const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
    if (bytes > this.appendBytesMax) throw new AppendTooLarge(bytes, this.appendBytesMax);
    return this.#queue.append({ stream, expected, events });
  }

  async readStream(stream: string, { direction = 'forwards', from, limit }: StreamPageRequest) {
    const forwards = direction === 'forwards';
    const sql = forwards
      ? `select ${columns} from events where stream = $1 and revision >= $2 order by revision limit $3`
      : `select ${columns} from events where stream = $1 and revision <= $2 order by revision desc limit $3`;
    const first = from ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER);
    return this.#events(`read-stream-${direction}`, sql, [stream, first, limit]);
  }

  async readAll(after: Position | undefined, limit: number): Promise<AllPage> {
    const [ordinal = 0n] = after === undefined ? [] : parsePosition(after, this.id);
    const sql = `select ${columns} from events where position > $1 order by position limit $2`;
    const events = await this.#events('read-all', sql, [ordinal, limit]);
    if (events.length === 0 && after !== undefined) await this.#refuseIfBeforehand(after);
    return { events, end: events.at(-1)?.position ?? after };
  }

  async head(): Promise<Position | undefined> {
    const [row] = await this.#query<{ head: string | null }>('head', 'select max(position) as head from events', []);
    return row?.head == null ? undefined : makePosition(this.id, BigInt(row.head));
  }

  onAppend(ring: () => void): () => void {
    return this.#doorbell.onRing(ring);
  }

  async close(): Promise<void> {
    await Promise.all([this.#doorbell.close(), this.#appends.end(), this.#reads.end()]);
  }

  async #refuseIfBeforehand(position: Position): Promise<void> {
    const head = await this.head();
    if (head === undefined || head < position) throw new StoreWentBackwards(position, head);
  }

  async #write(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    const client = await this.#appends.connect().catch((error: unknown) => {
      throw connectFailure(error);
    });
    let broken = true;
    try {
      const { rows } = await client.query<OutcomeRow>({
        name: 'append-events',
        text: 'select * from append_events($1, $2, $3, $4, $5, $6, $7)',
        values: parametersOf(requests),
      });
      broken = false;
      const results: AppendResult[] = [];
      for (const row of rows) {
        const request = requests[row.ordinal - 1] as AppendRequest;
        results[row.ordinal - 1] = await this.#resultOf(row, request);
      }
      return results;
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError);
      throw appendFailure(error);
    } finally {
      client.release(broken);
    }
  }

  async #resultOf(row: OutcomeRow, { events }: AppendRequest): Promise<AppendResult> {
    const revision = Number(row.last_revision);
    switch (row.outcome) {
      case 'appended':
        return { outcome: 'appended', revision, position: makePosition(this.id, BigInt(row.last_position)) };
      case 'conflict':
        return { outcome: 'conflict', actual: revision < 0 ? 'none' : revision };
      case 'already-done': {
        const sql = `select ${columns} from events where id = any($1) order by position`;
        const recorded = await this.#events('read-ids', sql, [events.map(({ id }) => id)]);
        return { outcome: 'already-done', events: recorded };
      }
    }
  }

  async #events(name: string, sql: string, values: unknown[]): Promise<RecordedEvent[]> {
    const rows = await this.#query<EventRow>(name, sql, values);
    return rows.map(({ position, revision, ...event }) => ({
      ...event,
      revision: Number(revision),
      position: makePosition(this.id, BigInt(position)),
    }));
  }

  async #query<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#reads.query<Row>({ name, text, values })).rows;
    } catch (error) {
      throw readFailure(error);
    }
  }
}

function pool(url: string, name: string, max: number, options: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({
    connectionString: url,
    application_name: name,
    max,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: clientTimeoutMs,
    keepAlive: true,
    ...options,
  });
  // Without a listener, an idle connection that the server closes would end the process; the next query gets a new one.
  made.on('error', () => undefined);
  return made;
}

function parametersOf(requests: readonly AppendRequest[]): unknown[] {
  const events = requests.flatMap((request, index) => request.events.map((event) => ({ event, ordinal: index + 1 })));
  return [
    requests.map(({ stream }) => stream),
    requests.map(({ expected }) => (expected === 'none' ? -1 : expected)),
    events.map(({ ordinal }) => ordinal),
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.data),
    events.map(({ event }) => event.metadata),
  ];
}

import { checkAppend } from '../check-append.ts';
import { ForeignPosition, outcomeUnread, StoreWentBackwards } from '../errors.ts';
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
import { parsePosition, type Position } from '../position.ts';
import { defaultTimeouts, type StoreTimeouts } from '../timeouts.ts';
import { parseAddress } from './address.ts';
import type { SuccessAnswer } from './append-answers.ts';
import { Appends } from './appends.ts';
import { settleConflict } from './conflicts.ts';
import { Connection } from './connection.ts';
import { Doorbell } from './doorbell.ts';
import { isInvalidPosition } from './failures.ts';
import { disguised } from './given-ids.ts';
import { LogEnd } from './log-end.ts';
import { bytesOf, isStoresOwn, positionOf, recordedEvent, type LogRecord } from './log-record.ts';
import { allRequest, streamRequest, type LogPosition } from './read-requests.ts';
import { Reads } from './reads.ts';
import { nameStore } from './store-stream.ts';

interface Bounds {
  readonly limit: number;
  readonly bytesMax: number;
}

interface Records {
  readonly records: readonly LogRecord[];
  readonly isFull: boolean;
}

interface Parts {
  readonly timeouts: StoreTimeouts;
  readonly connection: Connection;
  readonly reads: Reads;
  readonly appends: Appends;
}

const ordinalMax = 2n ** 63n - 1n;
/** Counting means reading, so it is limited. */
const countedRecordsMax = 1000;

export class EventStoreDbStore implements EventStore {
  readonly id: string;
  // The server accepts 1 MiB; the margin is for overhead that we do not count.
  readonly appendBytesMax = 1000 * 1024;
  readonly #timeouts: StoreTimeouts;
  readonly #connection: Connection;
  readonly #reads: Reads;
  readonly #appends: Appends;
  readonly #doorbell: Doorbell;
  readonly #end: LogEnd;

  private constructor(id: string, { timeouts, connection, reads, appends }: Parts) {
    this.id = id;
    this.#timeouts = timeouts;
    this.#connection = connection;
    this.#reads = reads;
    this.#appends = appends;
    this.#doorbell = new Doorbell(connection);
    this.#end = new LogEnd(reads);
  }

  static async connect(url: string, timeouts: StoreTimeouts = defaultTimeouts): Promise<EventStoreDbStore> {
    const connection = new Connection(parseAddress(url), timeouts);
    const reads = new Reads(connection, timeouts);
    const appends = new Appends(connection, timeouts);
    try {
      return new EventStoreDbStore(await nameStore(reads, appends), { timeouts, connection, reads, appends });
    } catch (error) {
      appends.close();
      await connection.close();
      throw error;
    }
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    checkAppend(stream, events, this.appendBytesMax);
    const answer = await this.#appends.append(stream, expected, disguised(events));
    try {
      if (answer.answer === 'success') return await this.#resultOf(stream, answer);
      const read = (from: number, limit: number) => this.readStream(stream, { from, limit });
      return await settleConflict({ expected, events, actual: answer.actual, read, withinMs: this.#timeouts.answerMs });
    } catch (error) {
      return outcomeUnread(error);
    }
  }

  async readStream(stream: string, request: StreamPageRequest): Promise<readonly RecordedEvent[]> {
    const records = await this.#reads.page(streamRequest(stream, request));
    return records.map((record) => recordedEvent(this.id, record));
  }

  async readAll(after: Position | undefined, limit: number, bytesMax = pageBytesMax): Promise<AllPage> {
    const { records, isFull } = await this.#recordsAfter(after, { limit, bytesMax });
    const last = records.at(-1);
    const events = records.filter((record) => !isStoresOwn(record)).map((record) => recordedEvent(this.id, record));
    const bytes = records.reduce((sum, record) => sum + bytesOf(record), 0);
    return { events, end: last === undefined ? after : positionOf(this.id, last), bytes, isFull };
  }

  async countAfter(after: Position | undefined): Promise<EventCount> {
    const { records, isFull } = await this.#recordsAfter(after, { limit: countedRecordsMax, bytesMax: pageBytesMax });
    return { events: records.filter((record) => !isStoresOwn(record)).length, isAll: !isFull };
  }

  async head(): Promise<Position | undefined> {
    const head = await this.#end.find();
    return head && positionOf(this.id, head);
  }

  /** Every call requires the leader, so a node that answers accepts appends. */
  async assertTakesAppends(): Promise<void> {
    await this.head();
  }

  onAppend(ring: () => void): () => void {
    return this.#doorbell.onRing(ring);
  }

  async close(): Promise<void> {
    this.#doorbell.close();
    this.#appends.close();
    await this.#connection.close();
  }

  /** If the server did not report the position of the last event, it is read back. */
  async #resultOf(stream: string, { revision, position }: SuccessAnswer): Promise<AppendResult> {
    const [last] =
      position === undefined ? await this.#reads.page(streamRequest(stream, { from: revision, limit: 1 })) : [position];
    if (last === undefined) throw new Error(`${stream} was deleted under an append`);
    return { outcome: 'appended', revision, position: positionOf(this.id, last) };
  }

  /** The server includes the record at the start position, so one more is requested and the first is skipped. */
  async #recordsAfter(after: Position | undefined, { limit, bytesMax }: Bounds): Promise<Records> {
    const from = this.#logPositionOf(after);
    const asked = from === undefined ? limit : limit + 1;
    const isWhereItBegan = (record: LogRecord): boolean => from !== undefined && isAt(record, from);
    const read = await this.#reads
      .pageWithin(allRequest('forwards', from, asked), () => roomFor(bytesMax, isWhereItBegan))
      .catch((error: unknown) => {
        if (!(error instanceof Error) || !isInvalidPosition(error.cause)) throw error;
        return { records: [], isCut: false };
      });
    const [first] = read.records;
    if (after !== undefined && first === undefined) throw new StoreWentBackwards(after, await this.head());
    const isPassedOver = first !== undefined && isWhereItBegan(first);
    const records = isPassedOver ? read.records.slice(1) : read.records.slice(0, limit);
    return { records, isFull: read.isCut || records.length === limit };
  }

  #logPositionOf(position: Position | undefined): LogPosition | undefined {
    if (position === undefined) return undefined;
    const [commit, prepare, ...more] = parsePosition(position, this.id);
    const isOurs = commit !== undefined && prepare !== undefined && more.length === 0;
    if (!isOurs || commit > ordinalMax || prepare > ordinalMax) throw new ForeignPosition(position, this.id);
    return [commit, prepare];
  }
}

function isAt({ commit, prepare }: LogRecord, [otherCommit, otherPrepare]: LogPosition): boolean {
  return commit === otherCommit && prepare === otherPrepare;
}

/** Whether the next record fits; the first one always does, and skipped ones do not count. */
function roomFor(bytesMax: number, isPassedOver: (record: LogRecord) => boolean): (record: LogRecord) => boolean {
  let taken = 0;
  let bytes = 0;
  return (record) => {
    if (isPassedOver(record)) return true;
    taken += 1;
    bytes += bytesOf(record);
    return taken === 1 || bytes <= bytesMax;
  };
}

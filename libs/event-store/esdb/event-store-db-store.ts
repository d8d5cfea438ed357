import { checkAppend } from '../check-append.ts';
import { ForeignPosition, OutcomeUnknown, StoreUnavailable, StoreWentBackwards } from '../errors.ts';
import type { NewEvent, RecordedEvent } from '../event.ts';
import type { AllPage, AppendResult, EventStore, ExpectedRevision, StreamPageRequest } from '../event-store.ts';
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
import { isStoresOwn, positionOf, recordedEvent, type LogRecord } from './log-record.ts';
import { allRequest, streamRequest, type LogPosition } from './read-requests.ts';
import { Reads } from './reads.ts';
import { nameStore } from './store-stream.ts';

interface Parts {
  readonly timeouts: StoreTimeouts;
  readonly connection: Connection;
  readonly reads: Reads;
  readonly appends: Appends;
}

const ordinalMax = 2n ** 63n - 1n;

export class EventStoreDbStore implements EventStore {
  readonly id: string;
  // The server takes 1 MiB; the rest is for what it counts and we do not.
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
      if (!(error instanceof StoreUnavailable)) throw error;
      throw new OutcomeUnknown('the append was answered, but what it met could not be read', { cause: error });
    }
  }

  async readStream(stream: string, request: StreamPageRequest): Promise<readonly RecordedEvent[]> {
    const records = await this.#reads.page(streamRequest(stream, request));
    return records.map((record) => recordedEvent(this.id, record));
  }

  async readAll(after: Position | undefined, limit: number): Promise<AllPage> {
    const from = this.#logPositionOf(after);
    const records = await this.#recordsAfter(after, from, limit);
    const last = records.at(-1);
    const events = records.filter((record) => !isStoresOwn(record)).map((record) => recordedEvent(this.id, record));
    return { events, end: last === undefined ? after : positionOf(this.id, last) };
  }

  async head(): Promise<Position | undefined> {
    const head = await this.#end.find();
    return head && positionOf(this.id, head);
  }

  onAppend(ring: () => void): () => void {
    return this.#doorbell.onRing(ring);
  }

  async close(): Promise<void> {
    this.#doorbell.close();
    this.#appends.close();
    await this.#connection.close();
  }

  /** Where the last event went is read back from a server that did not say it. */
  async #resultOf(stream: string, { revision, position }: SuccessAnswer): Promise<AppendResult> {
    const [last] =
      position === undefined ? await this.#reads.page(streamRequest(stream, { from: revision, limit: 1 })) : [position];
    if (last === undefined) throw new Error(`${stream} was deleted under an append`);
    return { outcome: 'appended', revision, position: positionOf(this.id, last) };
  }

  /** The server reads from a position on, that record included: so it is asked for one more, and passed over. */
  async #recordsAfter(after: Position | undefined, from: LogPosition | undefined, limit: number) {
    if (after === undefined || from === undefined) return this.#reads.page(allRequest('forwards', undefined, limit));
    const records = await this.#reads.page(allRequest('forwards', from, limit + 1)).catch((error: unknown) => {
      if (!(error instanceof Error) || !isInvalidPosition(error.cause)) throw error;
      return [];
    });
    const [first] = records;
    if (first === undefined) throw new StoreWentBackwards(after, await this.head());
    return isAt(first, from) ? records.slice(1) : records.slice(0, limit);
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

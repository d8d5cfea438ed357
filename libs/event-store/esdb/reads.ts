import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Turns } from '#platform';
import { askAgain } from '../ask-again.ts';
import { StoreUnavailable } from '../errors.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import type { Connection } from './connection.ts';
import { readFailure } from './failures.ts';
import { logRecord, type LogRecord } from './log-record.ts';

export interface ReadRecords {
  readonly records: readonly LogRecord[];
  /** Whether the next record did not fit. */
  readonly isCut: boolean;
}

/**
 * Without a limit, all reads share the connection and finish equally late: after an outage, when every stream is read
 * again, too late for all.
 */
const pagesAtOnceMax = 16;

/** Reads pages of one stream or of all events, each within a time limit. */
export class Reads {
  readonly #connection: Connection;
  readonly #timeouts: StoreTimeouts;
  readonly #turns: Turns;

  constructor(connection: Connection, timeouts: StoreTimeouts) {
    this.#connection = connection;
    this.#timeouts = timeouts;
    this.#turns = new Turns({
      runningMax: pagesAtOnceMax,
      waitMsMax: timeouts.answerMs,
      rejection: StoreUnavailable,
    });
  }

  /** No records for a stream that does not exist. */
  async page(request: ReadReq): Promise<readonly LogRecord[]> {
    return (await this.pageWithin(request, () => () => true)).records;
  }

  /**
   * The records up to the first that does not fit; the rest is not fetched. Each attempt starts with the full limit.
   */
  pageWithin(request: ReadReq, room: () => (record: LogRecord) => boolean): Promise<ReadRecords> {
    return askAgain(() => this.#turns.take(() => this.#read(request, room())));
  }

  async #read(request: ReadReq, hasRoomFor: (record: LogRecord) => boolean): Promise<ReadRecords> {
    const client = await this.#connection.client();
    const { headers } = this.#connection;
    try {
      const deadline = Date.now() + this.#timeouts.answerMs;
      const records: LogRecord[] = [];
      const call = this.#connection.begin(() => client.read(request, headers, { deadline }));
      for await (const response of call as AsyncIterable<ReadResp>) {
        const event = response.getEvent()?.getEvent();
        if (event === undefined) continue;
        const record = logRecord(event);
        if (!hasRoomFor(record)) {
          // Without this listener, the error of the cancelled call would be unhandled.
          call.on('error', () => undefined).cancel();
          return { records, isCut: true };
        }
        records.push(record);
      }
      return { records, isCut: false };
    } catch (error) {
      this.#connection.failed(client, error);
      throw readFailure(error);
    }
  }
}

import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { askAgain } from '../ask-again.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import type { Connection } from './connection.ts';
import { readFailure } from './failures.ts';
import { logRecord, type LogRecord } from './log-record.ts';

/** Reads pages of a stream or of all, each in bounded time. */
export class Reads {
  readonly #connection: Connection;
  readonly #timeouts: StoreTimeouts;

  constructor(connection: Connection, timeouts: StoreTimeouts) {
    this.#connection = connection;
    this.#timeouts = timeouts;
  }

  /** No records for a stream that does not exist. */
  page(request: ReadReq): Promise<readonly LogRecord[]> {
    return askAgain(async () => {
      const client = await this.#connection.client();
      const { headers } = this.#connection;
      try {
        const deadline = Date.now() + this.#timeouts.answerMs;
        const records: LogRecord[] = [];
        const call = this.#connection.begin(() => client.read(request, headers, { deadline }));
        for await (const response of call as AsyncIterable<ReadResp>) {
          const event = response.getEvent()?.getEvent();
          if (event !== undefined) records.push(logRecord(event));
        }
        return records;
      } catch (error) {
        this.#connection.failed(client, error);
        throw readFailure(error);
      }
    });
  }
}

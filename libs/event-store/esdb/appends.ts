import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import { sizeOf, type ExpectedRevision } from '../event-store.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import { appendAnswerOf, type AppendAnswer } from './append-answers.ts';
import { appendRequest } from './append-request.ts';
import { AppendStream } from './append-stream.ts';
import type { Connection } from './connection.ts';

const bytesUnderWayMax = 64 * 1024 * 1024;
const appendsUnderWayMax = 4096;

/** Sends appends over the current batch call, or a new one. */
export class Appends {
  readonly #connection: Connection;
  readonly #timeouts: StoreTimeouts;
  /** The call that accepts appends, and older ones that only wait for answers. */
  readonly #conversations = new Set<AppendStream>();
  #current: AppendStream | undefined;
  #bytesUnderWay = 0;
  #appendsUnderWay = 0;

  constructor(connection: Connection, timeouts: StoreTimeouts) {
    this.#connection = connection;
    this.#timeouts = timeouts;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendAnswer> {
    const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
    if (this.#appendsUnderWay >= appendsUnderWayMax || this.#bytesUnderWay + bytes > bytesUnderWayMax) {
      throw new StoreUnavailable(
        `${this.#appendsUnderWay} appends with ${this.#bytesUnderWay} bytes are already in flight`,
      );
    }
    this.#bytesUnderWay += bytes;
    this.#appendsUnderWay += 1;
    try {
      return await this.#ask(stream, expected, events, bytes);
    } finally {
      this.#bytesUnderWay -= bytes;
      this.#appendsUnderWay -= 1;
    }
  }

  close(): void {
    for (const conversation of this.#conversations) conversation.cancel();
  }

  async #ask(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
    bytes: number,
  ): Promise<AppendAnswer> {
    const client = await this.#connection.readyClient();
    const conversation = this.#conversationWith(client);
    try {
      const response = await conversation.ask((id) => appendRequest(id, stream, expected, events));
      return appendAnswerOf(response, bytes);
    } catch (error) {
      // A connection without answers may be dead, and its node may no longer be the leader.
      if (error instanceof OutcomeUnknown || error instanceof StoreUnavailable) this.#connection.replace(client);
      throw error;
    }
  }

  #conversationWith(client: StreamsClient): AppendStream {
    if (this.#current?.client === client && !this.#current.isOver) return this.#current;
    this.#current?.finish();
    const onEnd = (error: Error): void => {
      this.#conversations.delete(conversation);
      this.#connection.failed(client, error);
    };
    const { headers } = this.#connection;
    const conversation = this.#connection.begin(
      () => new AppendStream(client, headers, this.#timeouts.answerMs, onEnd),
    );
    this.#conversations.add(conversation);
    this.#current = conversation;
    return conversation;
  }
}

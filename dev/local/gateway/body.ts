import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The body of a request, which can be sent again to somebody else from its beginning. */
export class Body {
  readonly #request: IncomingMessage;
  readonly #bytesMax: number;
  readonly #read: Buffer[] = [];

  constructor(request: IncomingMessage, bytesMax: number) {
    this.#request = request;
    this.#bytesMax = bytesMax;
  }

  /** If the reader stops early, the connection stays open for the answer. */
  stream(): Readable {
    return Readable.from(this.#chunks(), { objectMode: false });
  }

  async *#chunks(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for (const chunk of this.#read) {
      bytes += chunk.length;
      yield chunk;
    }
    for await (const chunk of this.#request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > this.#bytesMax) throw new BodyTooLarge();
      this.#read.push(chunk);
      yield chunk;
    }
  }
}

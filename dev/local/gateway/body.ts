import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The body of a request as a stream. If the reader stops early, the connection stays open for the answer. */
export function bodyOf(request: IncomingMessage, bytesMax: number): Readable {
  return Readable.from(chunksOf(request, bytesMax), { objectMode: false });
}

async function* chunksOf(request: IncomingMessage, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new BodyTooLarge();
    yield chunk;
  }
}

import { request } from 'node:http';
import { text } from 'node:stream/consumers';

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What a request is answered with, once all of the answer is there. Unlike fetch, it sends a body with a GET, too. */
export async function statusOf(url: string, { method, headers, body }: Asked): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const sent = request(url, { method, headers: { ...headers, ...length } }, (answer) => {
    text(answer).then(() => resolve(answer.statusCode ?? 0), reject);
  });
  sent.once('error', reject);
  sent.end(body);
  return promise;
}

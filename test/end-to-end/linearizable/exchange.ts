import { setTimeout as pause } from 'node:timers/promises';

/** A write as a client sends it, and sends it again. */
export interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly key: string;
}

export interface Reply {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- whoever asked knows what it says
  readonly body: any;
}

/** Sends it once; undefined when no whole answer came, be it that the signal cut the connection. */
export async function exchange(origin: string, write: Write, cut?: AbortSignal): Promise<Reply | undefined> {
  const { method, path, body, token, key } = write;
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' };
  const asked = { method, headers, body: JSON.stringify(body), signal: cut ?? null };
  let status: number;
  let text: string;
  try {
    const answer = await fetch(`${origin}/api/v1${path}`, asked);
    status = answer.status;
    text = await answer.text();
  } catch {
    return undefined;
  }
  return { status, body: JSON.parse(text) };
}

const retryAfterMsMin = 25;
const retryAfterMsMax = 400;

/**
 * A client that has no answer yet does not ask again at once, and ever later: the process that it asks may be starting,
 * and the key of one that was killed is not free for a while.
 */
export function beforeRetry(triesBefore: number): Promise<void> {
  return pause(Math.min(retryAfterMsMin * 2 ** triesBefore, retryAfterMsMax));
}

/** Whether it says what became of the request, and not only that it should be sent again. */
export function isFinal({ status, body }: Reply): boolean {
  return status !== 503 && body.code !== 'KEY_IN_FLIGHT';
}

import { HoldfastError, ownError, type ErrorCode } from './errors.ts';
import { EventReader, type StreamEvent } from './event-stream.ts';
import type { Route } from './generated/routes.ts';
import { sleep, spread } from './pause.ts';
import type { Session } from './session.ts';
import type { Caller, Input, Transport } from './transport.ts';

/** What a stream says: a row as it is now, or everything again because it cannot tell what changed since. */
export type Change<Row, State = Row> =
  { readonly type: 'row'; readonly data: Row } | { readonly type: 'reset'; readonly data: State };

export interface FollowOptions {
  /** Ends the loop. */
  readonly signal?: AbortSignal | undefined;
  /** How long the server may be silent before the connection is taken for dead; 45,000 by default. It sends something every 15 s. */
  readonly silenceMs?: number | undefined;
  /** Is told when there is a connection, before what it says. */
  readonly onConnect?: (() => void) | undefined;
  /** Is told when the connection is lost, which is then made again. */
  readonly onReconnect?: ((error: HoldfastError) => void) | undefined;
}

const silenceMsDefault = 45_000;
const retryMsMin = 100;
const retryMsDefault = 2_000;
const retryMsMax = 30_000;

interface Followed {
  readonly transport: Transport;
  readonly session: Session;
  readonly route: Route;
  readonly input: Input;
  readonly options: FollowOptions;
}

/** Follows a stream over any number of connections: each goes on after the last event of those before. */
export async function* follow<Row, State>(followed: Followed): AsyncGenerator<Change<Row, State>, void, undefined> {
  const { transport, session, route, input, options } = followed;
  const { signal, onConnect, onReconnect, silenceMs = silenceMsDefault } = options;
  const reader = { id: undefined as string | undefined, retryMs: retryMsDefault };
  const caller: Caller = { subject: undefined };
  let failures = 0;
  let hasRenewed = false;
  const isEnded = () => signal?.aborted === true;
  while (!isEnded()) {
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort);
    let lost: HoldfastError;
    try {
      const { response, bearer } = await transport.open(route, input, {
        signal: controller.signal,
        lastEventId: reader.id,
        caller,
      });
      if (response.status === 204) return;
      failures = 0;
      onConnect?.();
      let end: StreamEvent | undefined;
      for await (const event of eventsOf(response, controller, silenceMs, reader)) {
        if (event.type === 'end') {
          end = event;
          break;
        }
        hasRenewed = false;
        const data = parse(event.data) as never;
        if (event.type === '' || event.type === 'message') yield { type: 'row', data };
        else if (event.type === 'reset') yield { type: 'reset', data };
        reader.id = event.id;
      }
      lost = end === undefined ? ownError('CONNECTION_FAILED') : endOf(end);
      if (end !== undefined) {
        const mayGoOn = isOfSession(lost.code) && !hasRenewed && (await session.renewed(bearer));
        if (!mayGoOn) throw lost;
        hasRenewed = true;
      }
    } catch (error) {
      if (isEnded()) return;
      if (!(error instanceof HoldfastError) || !error.isRetryable) throw error;
      lost = error;
    } finally {
      signal?.removeEventListener('abort', abort);
      controller.abort();
    }
    onReconnect?.(lost);
    const backoffMs = Math.min(Math.max(reader.retryMs, retryMsMin) * 2 ** failures, retryMsMax);
    const pause = spread(backoffMs) + Math.min(lost.retryAfterMs ?? 0, retryMsMax);
    failures += 1;
    await sleep(pause, signal).catch(() => undefined);
  }
}

async function* eventsOf(
  { headers, body }: Response,
  controller: AbortController,
  silenceMs: number,
  kept: { id: string | undefined; retryMs: number },
): AsyncGenerator<StreamEvent> {
  if (body === null || headers.get('content-type')?.startsWith('text/event-stream') !== true)
    throw ownError('ANSWER_UNREADABLE', 200);
  const chunks = body.getReader();
  const decoder = new TextDecoder();
  const reader = new EventReader();
  reader.id = kept.id;
  let isSilent = false;
  try {
    for (;;) {
      const timer = setTimeout(() => {
        isSilent = true;
        controller.abort();
      }, silenceMs);
      const { done, value } = await chunks.read().finally(() => clearTimeout(timer));
      if (done) return;
      const events = reader.read(decoder.decode(value, { stream: true }));
      kept.retryMs = reader.retryMs ?? kept.retryMs;
      yield* events;
    }
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    throw ownError(isSilent ? 'TIMED_OUT' : 'CONNECTION_FAILED', 0, error);
  }
}

function isOfSession(code: ErrorCode): boolean {
  return code === 'TOKEN_INVALID' || code === 'SESSION_ENDED';
}

function endOf({ data }: StreamEvent): HoldfastError {
  const { code = 'ANSWER_UNREADABLE' } = parse(data) as { code?: ErrorCode };
  const message = `The stream has ended: ${code}`;
  return new HoldfastError({ code, status: 0, message, data: null });
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    throw ownError('ANSWER_UNREADABLE', 200, error);
  }
}

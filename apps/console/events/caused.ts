import type { EventAnswer } from '#client';
import { holdfast } from '../session/holdfast.ts';

export interface Caused {
  /** In the order in which they were recorded. */
  readonly events: readonly EventAnswer[];
  readonly streams: readonly string[];
  /** Whether there are older ones as well. */
  readonly isCut: boolean;
}

export const causedMax = 500;
const portion = 100;

/** What one request caused, in any stream. The API lists the newest first. */
export async function readCaused(correlationId: string, signal: AbortSignal): Promise<Caused> {
  const newestFirst: EventAnswer[] = [];
  for await (const event of holdfast.events.list({ correlationId, limit: portion }, { signal })) {
    newestFirst.push(event);
    if (newestFirst.length > causedMax) break;
  }
  const events = newestFirst.slice(0, causedMax).toReversed();
  const streams = [...new Set(events.map(({ stream }) => stream))];
  return { events, streams, isCut: newestFirst.length > causedMax };
}

/** Milliseconds from one event to another; undefined if the time of one was not recorded. */
export function between(first: EventAnswer | undefined, event: EventAnswer | undefined): number | undefined {
  if (typeof first?.recordedAt !== 'string' || typeof event?.recordedAt !== 'string') return undefined;
  return Date.parse(event.recordedAt) - Date.parse(first.recordedAt);
}

import { randomUUID } from 'node:crypto';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { NewEvent, RecordedEvent } from '../event.ts';
import type { AppendResult, EventStore, ExpectedRevision } from '../event-store.ts';
import type { Position } from '../position.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import type { TcpProxy } from '#dev/servers';
import { until } from '#dev/testing';

/** A store for the contract tests, with a connection to its server that can be cut. */
export interface StoreUnderTest {
  readonly store: EventStore;
  readonly line: TcpProxy;
  /** Where a repeated event id is recognised: always in its stream, or only with the original expected revision. */
  readonly recognisesIds: 'anywhere' | 'where they first came';
  /** Another client of the same store over the same connection; with long time-outs by default. */
  readonly another: (timeouts?: StoreTimeouts) => Promise<EventStore>;
  readonly close: () => Promise<void>;
}

/** For tests that wait for a time-out. Elsewhere, slow answers on a busy machine must not count as an outage. */
export const shortTimeouts: StoreTimeouts = { connectMs: 1500, answerMs: 2500 };

export function newStream(): string {
  return `contract-${randomUUID()}`;
}

export function newEvent(data: unknown = {}, given: Partial<NewEvent> = {}): NewEvent {
  const metadata = {
    $correlationId: 'correlation',
    $causationId: 'causation',
    commandId: 'command',
    userId: null,
    at: 1_700_000_000_000,
    schemaVersion: 1,
  };
  const text = { data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
  return { id: randomUUID(), type: 'ThingHappened', ...text, ...given };
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => newEvent({ index }));
}

/** Appends, fails the test on error, and returns the position. */
export async function appended(
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<{ revision: number; position: Position }> {
  const result = await store.append(stream, expected, events);
  if (result.outcome !== 'appended') throw new Error(`expected ${stream} to take the events, not ${result.outcome}`);
  return result;
}

/** Repeats the identical call until the store answers. */
export async function eventually(
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<AppendResult> {
  return onceAvailable(() => store.append(stream, expected, events));
}

/** What the store answers when it is available again. */
export async function onceAvailable<Answer extends object>(ask: () => Promise<Answer>): Promise<Answer> {
  const answer = await until<Answer | Error>(
    () =>
      ask().catch((error: unknown) => {
        if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) return error;
        throw error;
      }),
    (seen) => !(seen instanceof Error),
  );
  return answer as Answer;
}

/** Every event after a position, page by page to the end. */
export async function readToEnd(store: EventStore, after: Position | undefined, limit = 100): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let from = after; ;) {
    const page = await store.readAll(from, limit);
    events.push(...page.events);
    if (page.end === from) return events;
    from = page.end;
  }
}

export function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id);
}

/** The position of an event that is the last one now. */
export async function someHead(store: EventStore): Promise<Position> {
  return (await appended(store, newStream(), 'none', newEvents(1))).position;
}

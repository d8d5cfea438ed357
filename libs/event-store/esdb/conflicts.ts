import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown } from '../errors.ts';
import type { NewEvent, RecordedEvent } from '../event.ts';
import type { AppendResult, ExpectedRevision } from '../event-store.ts';

const pauseMs = 20;

export interface Conflict {
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly actual: ExpectedRevision;
  /** The events of the stream from a revision on. */
  readonly read: (from: number, limit: number) => Promise<readonly RecordedEvent[]>;
  readonly withinMs: number;
}

/**
 * Decides whether an append conflicts with its own duplicate or with other events. The server reports a revision
 * shortly before it can be read, so this waits until it can.
 */
export async function settleConflict({ expected, events, actual, read, withinMs }: Conflict): Promise<AppendResult> {
  const conflict = { outcome: 'conflict', actual } as const;
  const first = expected === 'none' ? 0 : expected + 1;
  if (actual === 'none' || actual < first) return conflict;
  const canBeDuplicate = actual >= first + events.length - 1;
  const deadline = performance.now() + withinMs;
  do {
    const recorded = await read(first, events.length);
    const alike = recorded.every(({ id }, index) => id === events[index]?.id);
    if (alike && recorded.length === events.length) return { outcome: 'already-done', events: recorded };
    if (recorded.length > 0 && !(alike && canBeDuplicate)) return conflict;
    await pause(pauseMs * (0.5 + Math.random() / 2));
  } while (performance.now() < deadline);
  throw new OutcomeUnknown(`revision ${actual} was reported but could not be read within ${withinMs} ms`);
}

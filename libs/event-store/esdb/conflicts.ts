import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown } from '../errors.ts';
import type { NewEvent, RecordedEvent } from '../event.ts';
import type { AppendResult, ExpectedRevision } from '../event-store.ts';

const pauseMs = 20;

export interface Conflict {
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly actual: ExpectedRevision;
  /** What stands in the stream from a revision on. */
  readonly read: (from: number, limit: number) => Promise<readonly RecordedEvent[]>;
  readonly withinMs: number;
}

/**
 * Whether an append found its own twin where it expected nothing, or the events of others. The server tells of a revision
 * a moment before it can be read; until then nobody could make anything of the answer.
 */
export async function settleConflict({ expected, events, actual, read, withinMs }: Conflict): Promise<AppendResult> {
  const conflict = { outcome: 'conflict', actual } as const;
  const first = expected === 'none' ? 0 : expected + 1;
  if (actual === 'none' || actual < first) return conflict;
  const canBeTwin = actual >= first + events.length - 1;
  const deadline = performance.now() + withinMs;
  do {
    const recorded = await read(first, events.length);
    const alike = recorded.every(({ id }, index) => id === events[index]?.id);
    if (alike && recorded.length === events.length) return { outcome: 'already-done', events: recorded };
    if (recorded.length > 0 && !(alike && canBeTwin)) return conflict;
    await pause(pauseMs * (0.5 + Math.random() / 2));
  } while (performance.now() < deadline);
  throw new OutcomeUnknown(`revision ${actual} was reported but could not be read within ${withinMs} ms`);
}

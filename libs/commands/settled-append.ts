import { setTimeout as pause } from 'node:timers/promises';
import {
  OutcomeUnknown,
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
} from '#event-store';
import { backOffMs } from '#platform';

export interface SettledAppend {
  readonly result: AppendResult;
  /** Whether a repeated append was needed: the cached state of the stream may then be stale. */
  readonly afterDoubt: boolean;
}

const attemptsWhileUnavailable = 4;
const backOff = { firstMs: 40, mostMs: 1000 };

/**
 * Appends, and resolves an unknown outcome by sending the identical call again until the store answers. Reading is not
 * enough, because a transaction whose client was lost can still commit later. An append that was certainly not written
 * is retried a few times and then thrown.
 */
export async function appendUntilSettled(
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
  giveUp: AbortSignal,
  onDoubt: (error: unknown) => void,
): Promise<SettledAppend> {
  let inDoubt = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return { result: await store.append(stream, expected, events), afterDoubt: inDoubt };
    } catch (error) {
      if (error instanceof OutcomeUnknown) {
        inDoubt = true;
        onDoubt(error);
      } else if (!(error instanceof StoreUnavailable)) {
        throw inDoubt
          ? new OutcomeUnknown('an append with unknown outcome was rejected when it was repeated', { cause: error })
          : error;
      }
      const hopeless = !inDoubt && attempt >= attemptsWhileUnavailable;
      if (hopeless || giveUp.aborted)
        throw inDoubt ? new OutcomeUnknown('the event store became unavailable during an append') : error;
      await pause(backOffMs(attempt, backOff), undefined, { signal: giveUp }).catch(() => undefined);
    }
  }
}

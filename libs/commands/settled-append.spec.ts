import { OutcomeUnknown, StoreUnavailable, type AppendResult, type EventStore, type NewEvent } from '#event-store';
import { appendUntilSettled } from './settled-append.ts';

const conflict = { outcome: 'conflict', actual: 7 } as const;
const events: readonly NewEvent[] = [{ id: 'e', type: 'Happened', data: '{}', metadata: '{}' }];
const away = new StoreUnavailable('the store is away');
const lost = new OutcomeUnknown('the connection was lost');
const defect = new Error('permission denied');

/** An append to a store that answers as it is told, and then no more. */
function appendTo(answers: readonly (AppendResult | Error)[], giveUp = new AbortController().signal) {
  const calls: unknown[] = [];
  const append: EventStore['append'] = async (...call) => {
    const answer = answers[calls.length];
    calls.push(call);
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no more answers');
    return answer;
  };
  const doubts: unknown[] = [];
  const settled = appendUntilSettled({ append } as EventStore, 'stream', 3, events, giveUp, (error) => {
    doubts.push(error);
  });
  const failure = settled.then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  return { settled, failure, calls, doubts };
}

describe('an append', () => {
  it('that is answered is settled at once', async () => {
    const { settled, calls, doubts } = appendTo([conflict]);
    expect(await settled).toEqual({ result: conflict, afterDoubt: false });
    expect([calls, doubts]).toEqual([[['stream', 3, events]], []]);
  });

  it('of unknown outcome is repeated, always the same, until the store answers', async () => {
    const { settled, calls, doubts } = appendTo([lost, away, lost, conflict]);
    expect(await settled).toEqual({ result: conflict, afterDoubt: true });
    expect(calls).toEqual(Array.from({ length: 4 }, () => ['stream', 3, events]));
    expect(doubts).toEqual([lost, lost]);
  });

  it('that was surely not written is tried four times', async () => {
    const { failure, calls, doubts } = appendTo([away, away, away, away, conflict]);
    expect(await failure).toBe(away);
    expect([calls.length, doubts]).toEqual([4, []]);
  });

  it('that is settled at its last try is not in doubt', async () => {
    expect(await appendTo([away, away, away, conflict]).settled).toEqual({ result: conflict, afterDoubt: false });
  });

  it('in doubt is repeated more often than one that was surely not written', async () => {
    const { settled, calls } = appendTo([away, away, lost, away, away, conflict]);
    expect(await settled).toEqual({ result: conflict, afterDoubt: true });
    expect(calls).toHaveLength(6);
  });

  it('that is rejected is not repeated', async () => {
    const { failure, calls } = appendTo([defect]);
    expect(await failure).toBe(defect);
    expect(calls).toHaveLength(1);
  });

  it('in doubt stays so, whatever its repeat is rejected for', async () => {
    const { failure, calls } = appendTo([lost, defect]);
    expect(await failure).toBeInstanceOf(OutcomeUnknown);
    expect(await failure).toMatchObject({
      message: 'an append with unknown outcome was rejected when it was repeated',
      cause: defect,
    });
    expect(calls).toHaveLength(2);
  });
});

describe('an append that is given up', () => {
  it('is not repeated, and was surely not written if no try was in doubt', async () => {
    const { failure, calls } = appendTo([away], AbortSignal.abort());
    expect(await failure).toBe(away);
    expect(calls).toHaveLength(1);
  });

  it('is in doubt if one was', async () => {
    const { failure, calls } = appendTo([lost], AbortSignal.abort());
    expect(await failure).toBeInstanceOf(OutcomeUnknown);
    expect(await failure).toMatchObject({ message: 'the event store became unavailable during an append' });
    expect(calls).toHaveLength(1);
  });

  it('does not wait for its next try', async () => {
    const giveUp = new AbortController();
    const { failure, calls } = appendTo([lost, ...Array.from({ length: 100 }, () => away)], giveUp.signal);
    while (calls.length < 6) await new Promise(setImmediate);
    const asked = performance.now();
    giveUp.abort();
    expect(await failure).toBeInstanceOf(OutcomeUnknown);
    expect(performance.now() - asked).toBeLessThan(500);
  });
});

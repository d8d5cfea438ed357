import { appendBytesMax, bytesOf, proposedEvent, storeOnDouble, type StoreOnDouble } from '#dev/event-store-double';
import { appended, idsOf, newEvent, newEvents, newStream, shortTimeouts } from '../contract/store-under-test.ts';
import { AppendTooLarge, OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import { sizeOf } from '../event-store.ts';
import { appendRequest } from './append-request.ts';

let under: StoreOnDouble;
beforeEach(async () => void (under = await storeOnDouble()));
afterEach(() => under.close());

describe('an append to EventStoreDB', () => {
  it('that is answered twice is settled once, and the process lives', async () => {
    const { store, double } = under;
    double.faults.answersTwice = true;
    const stream = newStream();
    await appended(store, stream, 'none', newEvents(1));
    await appended(store, stream, 0, newEvents(1));
    expect(await store.append(stream, 0, newEvents(1))).toEqual({ outcome: 'conflict', actual: 1 });
  });

  it('whose answer is held back too long is unknown; the late answer is passed over', async () => {
    const { double, another } = under;
    const store = await another(shortTimeouts);
    const [stream, events] = [newStream(), newEvents(2)];
    double.faults.holdsAnswers = true;
    await expect(store.append(stream, 'none', events)).rejects.toThrow(OutcomeUnknown);
    double.faults.release();
    expect(await store.append(stream, 'none', events)).toMatchObject({ outcome: 'already-done' });
    await appended(store, stream, 1, newEvents(1));
    await store.close();
  });

  it.each([
    ['before the commit', 'appended'],
    ['after the commit', 'already-done'],
  ] as const)('that is cut %s is unknown, and settled as %s by the identical call', async (cut, outcome) => {
    const { store, double } = under;
    const [stream, events] = [newStream(), newEvents(2)];
    double.faults.cuts.push(cut);
    await expect(store.append(stream, 'none', events)).rejects.toThrow(OutcomeUnknown);
    expect(await store.append(stream, 'none', events)).toMatchObject({ outcome });
    expect(idsOf(await store.readStream(stream, { limit: 10 }))).toEqual(idsOf(events));
  });

  it('learns where its events went from a server that does not say', async () => {
    const { store, double } = under;
    double.faults.omitsPositions = true;
    const { position } = await appended(store, newStream(), 'none', newEvents(2));
    expect(position).toBe(await store.head());
  });

  it('is told from its twin by another process, whatever the server makes of their ids', async () => {
    const { store, another } = under;
    const rival = await another();
    const [stream, events] = [newStream(), newEvents(2)];
    const calls = [store, rival].map((each) => each.append(stream, 'none', events));
    const outcomes = (await Promise.all(calls)).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['already-done', 'appended']);
    await rival.close();
  });

  it('keeps its ids, for everybody but the server', async () => {
    const { store, double } = under;
    const [stream, events] = [newStream(), newEvents(3)];
    await appended(store, stream, 'none', events);
    const kept = double.log.stream(stream).map(({ id }, index) => id === events[index]?.id);
    expect(kept).toEqual([true, true, false]);
    expect(idsOf(await store.readStream(stream, { limit: 10 }))).toEqual(idsOf(events));
  });

  it('that met a revision which cannot be read yet waits until it can, and no longer', async () => {
    const { double, another } = under;
    const store = await another(shortTimeouts);
    const [stream, events] = [newStream(), newEvents(2)];
    await appended(store, stream, 'none', events);
    double.faults.hidesLast = 2;
    await expect(store.append(stream, 'none', events)).rejects.toThrow(OutcomeUnknown);
    const again = store.append(stream, 'none', events);
    double.faults.hidesLast = 0;
    expect(await again).toMatchObject({ outcome: 'already-done' });
    await store.close();
  });

  it('conflicts only once what it conflicts with can be read', async () => {
    const { store, double } = under;
    const stream = newStream();
    await appended(store, stream, 'none', newEvents(1));
    double.faults.hidesLast = 1;
    const rival = store.append(stream, 'none', newEvents(1));
    expect(await store.readStream(stream, { limit: 1 })).toEqual([]);
    double.faults.hidesLast = 0;
    expect(await rival).toEqual({ outcome: 'conflict', actual: 0 });
  });

  it.each([
    ['Timeout', OutcomeUnknown],
    ['Unknown', OutcomeUnknown],
    ['Server Is Busy', StoreUnavailable],
    ['AccessDenied', Error],
  ] as const)('that is answered with %s fails with what that means', async (rejection, meaning) => {
    const { store, double } = under;
    double.faults.rejectsAppendsWith = rejection;
    const error = await store.append(newStream(), 'none', newEvents(1)).catch((caught: unknown) => caught);
    expect((error as object).constructor).toBe(meaning);
    double.faults.rejectsAppendsWith = undefined;
    await appended(store, newStream(), 'none', newEvents(1));
  });

  it('is rejected while too many bytes are under way', async () => {
    const { store, double } = under;
    double.faults.holdsAnswers = true;
    const large = () => [newEvent('x'.repeat(900_000))];
    const calls = Array.from({ length: 80 }, () => store.append(newStream(), 'none', large()));
    const settled = Promise.allSettled(calls);
    await expect(
      Promise.any(calls.slice(75).map((call) => call.then(() => undefined, expectUnavailable))),
    ).resolves.toBe(true);
    double.faults.release();
    expect((await settled).some(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('to a stream that was ended for ever is rejected', async () => {
    const { store, double } = under;
    const stream = newStream();
    double.log.tombstone(stream, 'any');
    await expect(store.append(stream, 'none', newEvents(1))).rejects.toThrow('StreamDeleted');
  });
});

function expectUnavailable(error: unknown): boolean {
  expect(error).toBeInstanceOf(StoreUnavailable);
  return true;
}

describe('the size of an append, as it is counted here', () => {
  it.each([newEvent(), newEvent({ text: '物品 👟' }), newEvent({}, { type: 'T'.repeat(500) })])(
    'is never less than as the server counts it',
    (event) => {
      const [message] = appendRequest('id', 'stream', 'none', [event]).getProposedMessagesList();
      expect(message && sizeOf(event)).toBeGreaterThanOrEqual(message ? bytesOf(proposedEvent(message)) : Infinity);
    },
  );

  it('is rejected as too large by the server too', async () => {
    const { store } = under;
    expect(store.appendBytesMax).toBeLessThan(appendBytesMax);
    Object.defineProperty(store, 'appendBytesMax', { value: 2 * appendBytesMax });
    const events = [newEvent('x'.repeat(appendBytesMax))];
    await expect(store.append(newStream(), 'none', events)).rejects.toThrow(AppendTooLarge);
  });
});

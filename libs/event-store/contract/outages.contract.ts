import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import {
  appended,
  eventually,
  idsOf,
  newEvents,
  newStream,
  onceAvailable,
  shortTimeouts,
  type StoreUnderTest,
} from './store-under-test.ts';

// What a call may take in the worst case: a connection waited for, then an answer, and some for a busy machine.
const boundMs = 2 * (shortTimeouts.connectMs + shortTimeouts.answerMs) + 2000;

export function describeOutages(under: () => StoreUnderTest): void {
  describe('a server that is away', () => {
    afterEach(() => under().line.restore());

    it.each(['refuse', 'stall'] as const)('(%s) is a typed outage for every call, in bounded time', async (how) => {
      const { another, line } = under();
      const store = await another(shortTimeouts);
      await eventually(store, newStream(), 'none', newEvents(1));
      line[how]();
      const began = performance.now();
      const [stream, events] = [newStream(), newEvents(1)];
      const calls = [store.readStream(stream, { limit: 1 }), store.readAll(undefined, 1), store.head()];
      const errors = await Promise.all([...calls, store.append(stream, 'none', events)].map(failureOf));
      expect(errors.slice(0, 3)).toEqual(Array(3).fill(expect.any(StoreUnavailable)));
      expect([StoreUnavailable, OutcomeUnknown]).toContain((errors[3] as object).constructor);
      expect(performance.now() - began).toBeLessThan(boundMs);
      line.restore();
      expect((await eventually(store, stream, 'none', events)).outcome).toMatch(/^(appended|already-done)$/);
      expect(idsOf(await store.readStream(stream, { limit: 10 }))).toEqual(idsOf(events));
      await store.close();
    });

    it('on one connection, which hangs for ever, is reached by another', async () => {
      const { another, line } = under();
      const store = await another(shortTimeouts);
      const [stream, events] = [newStream(), newEvents(1)];
      await eventually(store, stream, 'none', newEvents(1));
      line.freeze();
      await expect(store.append(stream, 0, events)).rejects.toThrow(OutcomeUnknown);
      await appended(store, stream, 0, events);
      await store.head();
      line.freeze();
      await expect(store.head()).rejects.toThrow(StoreUnavailable);
      expect(idsOf(await store.readStream(stream, { from: 1, limit: 10 }))).toEqual(idsOf(events));
      await store.close();
    });

    it.each(['refuse', 'stall', 'freeze'] as const)('(%s) keeps nobody from closing', async (how) => {
      const { another, line } = under();
      const store = await another(shortTimeouts);
      const bell = Promise.withResolvers<void>();
      store.onAppend(() => bell.resolve());
      await bell.promise;
      await eventually(store, newStream(), 'none', newEvents(1));
      line[how]();
      const began = performance.now();
      const underWay = failureOf(store.append(newStream(), 'none', newEvents(1)));
      await store.close();
      expect(await underWay).toBeInstanceOf(Error);
      expect(performance.now() - began).toBeLessThan(boundMs);
    });

    it('is an outage for a client that comes only now', async () => {
      const { another, line } = under();
      line.refuse();
      await expect(another(shortTimeouts)).rejects.toThrow(StoreUnavailable);
    });

    it('leaves an append whose answer was lost unknown; the identical call settles it and nothing is doubled', async () => {
      const { another, line } = under();
      const store = await another(shortTimeouts);
      const stream = newStream();
      await eventually(store, stream, 'none', newEvents(1));
      const events = newEvents(3);
      line.loseAnswers();
      await expect(store.append(stream, 0, events)).rejects.toThrow(OutcomeUnknown);
      line.restore();
      const settled = await eventually(store, stream, 0, events);
      expect(settled.outcome).toBe('already-done');
      expect(idsOf(await store.readStream(stream, { from: 1, limit: 10 }))).toEqual(idsOf(events));
      await store.close();
    });
  });
}

export function describeCutsUnderLoad(under: () => StoreUnderTest): void {
  describe('connections that are cut under load', () => {
    it('cost no event and double none', async () => {
      const { another, line } = under();
      const store = await another();
      const cuts = { over: false };
      const done = Promise.all(Array.from({ length: 8 }, () => writeUntil(store, () => cuts.over)));
      // The store has taken something between one cut and the next, however slow the machine is.
      for (let cut = 0; cut < 50; cut++) {
        await eventually(store, newStream(), 'none', newEvents(1));
        line.cut();
      }
      cuts.over = true;
      for (const { stream, ids } of await done)
        expect(idsOf(await onceAvailable(() => store.readStream(stream, { limit: 100_000 })))).toEqual(ids);
      await store.close();
    });
  });
}

async function writeUntil(store: EventStore, isOver: () => boolean): Promise<{ stream: string; ids: string[] }> {
  const stream = newStream();
  const ids: string[] = [];
  while (!isOver()) {
    const events = newEvents(2);
    const result = await eventually(store, stream, ids.length === 0 ? 'none' : ids.length - 1, events);
    expect(result.outcome).not.toBe('conflict');
    ids.push(...idsOf(events));
  }
  return { stream, ids };
}

function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (answer) => ({ answer }),
    (error: unknown) => error,
  );
}

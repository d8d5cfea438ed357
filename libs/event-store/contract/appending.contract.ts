import { randomUUID } from 'node:crypto';
import { AppendTooLarge } from '../errors.ts';
import { sizeOf } from '../event-store.ts';
import { appended, idsOf, newEvent, newEvents, newStream, type StoreUnderTest } from './store-under-test.ts';

export function describeAppending(under: () => StoreUnderTest): void {
  describe('appending', () => {
    it('starts a stream that is expected to have no event, and says where its last event went', async () => {
      const { store } = under();
      const stream = newStream();
      const result = await appended(store, stream, 'none', newEvents(3));
      const events = await store.readStream(stream, { limit: 10 });
      expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(result).toEqual({ outcome: 'appended', revision: 2, position: events[2]?.position });
    });

    it('goes on after the exact revision', async () => {
      const { store } = under();
      const stream = newStream();
      await appended(store, stream, 'none', newEvents(2));
      expect(await store.append(stream, 1, newEvents(1))).toMatchObject({ outcome: 'appended', revision: 2 });
    });

    it('conflicts with any other revision, tells the actual one and writes nothing', async () => {
      const { store } = under();
      const stream = newStream();
      expect(await store.append(stream, 0, newEvents(1))).toEqual({ outcome: 'conflict', actual: 'none' });
      await appended(store, stream, 'none', newEvents(2));
      expect(await store.append(stream, 'none', newEvents(1))).toEqual({ outcome: 'conflict', actual: 1 });
      expect(await store.append(stream, 0, newEvents(1))).toEqual({ outcome: 'conflict', actual: 1 });
      expect(await store.append(stream, 7, newEvents(1))).toEqual({ outcome: 'conflict', actual: 1 });
      expect(await store.readStream(stream, { limit: 10 })).toHaveLength(2);
    });

    it('lets one of many who expect the same revision win', async () => {
      const { store, another } = under();
      const rival = await another();
      const stream = newStream();
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? store : rival).append(stream, 'none', newEvents(2))),
      );
      expect(results.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
      expect(results.filter((result) => result.outcome === 'conflict' && result.actual === 1)).toHaveLength(19);
      await rival.close();
    });

    it('keeps appends to many streams at once apart', async () => {
      const { store } = under();
      const streams = Array.from({ length: 60 }, newStream);
      const batches = streams.map((_, index) => newEvents(1 + (index % 5)));
      await Promise.all(streams.map((stream, index) => appended(store, stream, 'none', batches[index] ?? [])));
      for (const [index, stream] of streams.entries()) {
        expect(idsOf(await store.readStream(stream, { limit: 10 }))).toEqual(idsOf(batches[index] ?? []));
      }
    });
  });
}

export function describeRejectedAppends(under: () => StoreUnderTest): void {
  describe('an append that no store should see', () => {
    const wellFormed = newEvent();
    it.each([
      ['no events', newStream(), []],
      ['an empty stream name', '', [wellFormed]],
      ['the name of a stream of the store’s own', '$streams', [wellFormed]],
      ['the name of the stream that holds the store’s id', 'holdfast-store', [wellFormed]],
      ['NUL in the name', 'with\u0000nul', [wellFormed]],
      ['an empty event type', newStream(), [newEvent({}, { type: '' })]],
      ['a system event type', newStream(), [newEvent({}, { type: '$>' })]],
      ['an id that is not a UUID', newStream(), [newEvent({}, { id: 'one' })]],
      ['one id twice', newStream(), [wellFormed, wellFormed]],
      ['half a surrogate pair', newStream(), [newEvent({}, { data: '"\ud800"' })]],
      ['metadata that is not an object', newStream(), [newEvent({}, { metadata: '1' })]],
    ])('is rejected for %s, and harms nobody else', async (_, stream, events) => {
      const { store } = under();
      const neighbour = store.append(newStream(), 'none', newEvents(1));
      await expect(store.append(stream, 'none', events)).rejects.toThrow(TypeError);
      expect(await neighbour).toMatchObject({ outcome: 'appended' });
    });
  });
}

export function describeSizes(under: () => StoreUnderTest): void {
  describe('the size of an append', () => {
    it('may reach the limit, in one event or in many', async () => {
      const { store } = under();
      const one = newEvent('x'.repeat(store.appendBytesMax - sizeOf(newEvent(''))));
      expect(sizeOf(one)).toBe(store.appendBytesMax);
      const stream = newStream();
      await appended(store, stream, 'none', [one]);
      expect((await store.readStream(stream, { limit: 1 }))[0]?.data).toBe(JSON.parse(one.data));

      const small = newEvent('y'.repeat(100));
      const many = Array.from({ length: Math.floor(store.appendBytesMax / sizeOf(small)) }, () => ({
        ...small,
        id: randomUUID(),
      }));
      expect(await store.append(newStream(), 'none', many)).toMatchObject({ outcome: 'appended' });
    });

    it('may not pass it: the append is rejected as too large and nothing is written', async () => {
      const { store } = under();
      const stream = newStream();
      const events = Array.from({ length: 2 }, () => newEvent('x'.repeat(store.appendBytesMax / 2)));
      await expect(store.append(stream, 'none', events)).rejects.toThrow(AppendTooLarge);
      expect(await store.readStream(stream, { limit: 1 })).toEqual([]);
    });
  });
}

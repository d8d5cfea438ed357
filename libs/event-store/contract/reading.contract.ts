import { appended, idsOf, newEvent, newEvents, newStream, readToEnd, type StoreUnderTest } from './store-under-test.ts';

export function describeReading(under: () => StoreUnderTest): void {
  describe('what is read', () => {
    it('is what was appended: text of any script, big numbers as text, nothing added', async () => {
      const { store } = under();
      const stream = `contract-物品:${newStream()}`;
      const data = {
        名稱: '限量球鞋 👟',
        combining: 'é',
        escaped: '"\\\n\u0000',
        units: '9007199254740993',
        nested: [{ a: null }],
      };
      const event = newEvent(data, { type: 'Ereignis‑größer' });
      const { position } = await appended(store, stream, 'none', [event]);
      const [recorded] = await store.readStream(stream, { limit: 1 });
      const { id, type } = event;
      expect(recorded).toEqual({ id, type, data, metadata: JSON.parse(event.metadata), stream, revision: 0, position });
    });

    it('is the same from its stream as from all', async () => {
      const { store } = under();
      const stream = newStream();
      const before = await store.head();
      await appended(store, stream, 'none', newEvents(5));
      const all = await readToEnd(store, before);
      expect(all.filter((event) => event.stream === stream)).toEqual(await store.readStream(stream, { limit: 10 }));
    });
  });
}

export function describeStreamPages(under: () => StoreUnderTest): void {
  describe('a page of a stream', () => {
    const stream = newStream();
    const events = newEvents(7);
    const ids = idsOf(events);
    beforeAll(() => appended(under().store, stream, 'none', events));

    it.each([
      ['from the start', {}, ids.slice(0, 3)],
      ['from a revision', { from: 3 }, ids.slice(3, 6)],
      ['at the end', { from: 5 }, ids.slice(5)],
      ['past the end', { from: 7 }, []],
      ['backwards from the end', { direction: 'backwards' as const }, ids.slice(4).toReversed()],
      ['backwards from a revision', { direction: 'backwards' as const, from: 3 }, ids.slice(1, 4).toReversed()],
      ['backwards to the start', { direction: 'backwards' as const, from: 1 }, ids.slice(0, 2).toReversed()],
      ['backwards from past the end', { direction: 'backwards' as const, from: 99 }, ids.slice(4).toReversed()],
    ])('%s', async (_, request, expected) => {
      expect(idsOf(await under().store.readStream(stream, { ...request, limit: 3 }))).toEqual(expected);
    });

    it('of a stream that does not exist is empty', async () => {
      const { store } = under();
      expect(await store.readStream(newStream(), { limit: 3 })).toEqual([]);
      expect(await store.readStream(newStream(), { direction: 'backwards', limit: 3 })).toEqual([]);
      expect(await store.readStream(newStream(), { from: 5, limit: 3 })).toEqual([]);
    });

    it('can be long', async () => {
      const { store } = under();
      const long = newStream();
      const many = newEvents(1500);
      await appended(store, long, 'none', many);
      expect(idsOf(await store.readStream(long, { limit: 2000 }))).toEqual(idsOf(many));
    });
  });
}

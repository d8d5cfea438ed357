import { randomBytes } from 'node:crypto';
import { ForeignPosition, StoreWentBackwards } from '../errors.ts';
import { makePosition, parsePosition } from '../position.ts';
import {
  appended,
  newEvent,
  newEvents,
  newStream,
  readToEnd,
  someHead,
  type StoreUnderTest,
} from './store-under-test.ts';

export function describePageBounds(under: () => StoreUnderTest): void {
  describe('a page of all', () => {
    it('is full when there was more than it may have, and not when there was less', async () => {
      const { store } = under();
      const before = await store.head();
      await appended(store, newStream(), 'none', newEvents(5));
      expect(await store.readAll(before, 4)).toMatchObject({ isFull: true });
      expect(await store.readAll(before, 100)).toMatchObject({ isFull: false });
    });

    it('has no more bytes than it may have, and yet every event has its page', async () => {
      const { store } = under();
      const before = await store.head();
      // Nothing that a store could keep in less room than it takes in memory.
      const large = (kilobytes: number) => newEvent({ noise: randomBytes(kilobytes * 768).toString('base64') });
      const events = [large(10), large(10), large(10), large(200), large(10), newEvent(), newEvent()];
      await appended(store, newStream(), 'none', events);
      const pages: number[] = [];
      for (let from = before; pages.length < events.length;) {
        const page = await store.readAll(from, 100, 30_000);
        expect(page.bytes <= 30_000 || page.events.length === 1).toBe(true);
        pages.push(page.events.length);
        from = page.end;
        if (!page.isFull) break;
      }
      expect(pages).toEqual([2, 1, 1, 3]);
    });

    it('that is of text which could be compressed counts it as it is', async () => {
      const { store } = under();
      const before = await store.head();
      await appended(
        store,
        newStream(),
        'none',
        [1, 2].map(() => newEvent({ text: 'a'.repeat(100_000) })),
      );
      const page = await store.readAll(before, 100, 150_000);
      expect(page.events).toHaveLength(1);
      expect(page.bytes).toBeGreaterThan(100_000);
    });
  });
}

export function describeCounting(under: () => StoreUnderTest): void {
  describe('how many events there are after a position', () => {
    it('is counted without those of the store’s own', async () => {
      const { store } = under();
      const before = await someHead(store);
      expect(await store.countAfter(before)).toEqual({ events: 0, isAll: true });
      await appended(store, newStream(), 'none', newEvents(3));
      await appended(store, newStream(), 'none', newEvents(2));
      expect(await store.countAfter(before)).toEqual({ events: 5, isAll: true });
    });

    it('is counted from the start too, if perhaps not to the end', async () => {
      const { store } = under();
      await appended(store, newStream(), 'none', newEvents(2));
      const all = (await readToEnd(store, undefined, 500)).length;
      const { events, isAll } = await store.countAfter(undefined);
      expect(isAll ? events === all : events > 0 && events < all).toBe(true);
    });

    it('is rejected for a position that this store did not give out, or not yet', async () => {
      const { store } = under();
      const ordinals = parsePosition(await someHead(store), store.id);
      await expect(store.countAfter(makePosition('another1', ...ordinals))).rejects.toThrow(ForeignPosition);
      const beyond = makePosition(store.id, ...ordinals.map((ordinal) => ordinal + 1_000_000_000n));
      await expect(store.countAfter(beyond)).rejects.toThrow(StoreWentBackwards);
    });
  });
}

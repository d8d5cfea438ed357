import type { EventStore } from '../event-store.ts';
import { appended, eventually, newEvents, newStream, type StoreUnderTest } from './store-under-test.ts';

/** A bell that can be waited for, any number of times. */
function hangBell(store: EventStore) {
  let rung = Promise.withResolvers<void>();
  let rings = 0;
  const stop = store.onAppend(() => {
    rings += 1;
    rung.resolve();
  });
  return {
    stop,
    rings: () => rings,
    next: () => rung.promise.then(() => void (rung = Promise.withResolvers())),
  };
}

export function describeDoorbell(under: () => StoreUnderTest): void {
  describe('the doorbell', () => {
    it('rings once it hangs, and after each append by whomever', async () => {
      const { store, another } = under();
      const rival = await another();
      const bell = hangBell(store);
      await bell.next();
      await appended(store, newStream(), 'none', newEvents(1));
      await bell.next();
      await appended(rival, newStream(), 'none', newEvents(1));
      await bell.next();
      bell.stop();
      await rival.close();
    });

    it('is silent for whoever stopped it, and goes on for the others', async () => {
      const { another } = under();
      const store = await another();
      const [stopped, bell] = [hangBell(store), hangBell(store)];
      await Promise.all([stopped.next(), bell.next()]);
      stopped.stop();
      const before = stopped.rings();
      await appended(store, newStream(), 'none', newEvents(1));
      await bell.next();
      expect(stopped.rings()).toBe(before);
      await store.close();
    });

    it('whose connection falls silent is hung again by another, within seconds', async () => {
      const { another, line } = under();
      const store = await another();
      const bell = hangBell(store);
      await bell.next();
      line.freeze();
      const began = performance.now();
      const rival = await another();
      await appended(rival, newStream(), 'none', newEvents(1));
      await bell.next();
      expect(performance.now() - began).toBeLessThan(10_000);
      bell.stop();
      await Promise.all([rival.close(), store.close()]);
    }, 15_000);

    it('that was dropped is hung again and rings, so that nothing appended meanwhile is missed', async () => {
      const { store, another, line } = under();
      const bell = hangBell(store);
      await bell.next();
      line.refuse();
      line.restore();
      await bell.next();
      const rival = await another();
      await appended(rival, newStream(), 'none', newEvents(1));
      await bell.next();
      bell.stop();
      await rival.close();
    });

    it('leads a reader to every event of a burst, through drops and lost rings', async () => {
      const { store, another, line } = under();
      const follower = await another();
      const stream = newStream();
      let from = await follower.head();
      const bell = hangBell(follower);
      await bell.next();
      let seen = 0;
      for (let revision = -1; revision < 299; revision += 100) {
        await eventually(store, stream, revision < 0 ? 'none' : revision, newEvents(100));
        if (revision === 99) line.cut();
      }
      while (seen < 300) {
        const page = await follower.readAll(from, 64).catch(() => undefined);
        seen += page?.events.length ?? 0;
        if (page === undefined || page.end === from) await bell.next();
        from = page?.end ?? from;
      }
      expect(seen).toBe(300);
      bell.stop();
      await follower.close();
    });
  });
}

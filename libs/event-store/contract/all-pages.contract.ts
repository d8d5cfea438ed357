import { ForeignPosition, StoreWentBackwards } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { comparePositions, makePosition, parsePosition, type Position } from '../position.ts';
import { appended, idsOf, newEvents, newStream, readToEnd, someHead, type StoreUnderTest } from './store-under-test.ts';

export function describeAllPages(under: () => StoreUnderTest): void {
  describe('the order of all', () => {
    it('is that of the appends, and positions grow with it', async () => {
      const { store } = under();
      const before = await store.head();
      const [one, two] = [newStream(), newStream()];
      await appended(store, one, 'none', newEvents(2));
      await appended(store, two, 'none', newEvents(2));
      await appended(store, one, 1, newEvents(1));
      const events = await readToEnd(store, before);
      expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
        [one, 0],
        [one, 1],
        [two, 0],
        [two, 1],
        [one, 2],
      ]);
      expectGrowing(events.map(({ position }) => position));
    });

    it('never has an event of the store’s own, in a page or at the head', async () => {
      const { store } = under();
      const { position } = await appended(store, newStream(), 'none', newEvents(1));
      const events = await readToEnd(store, undefined, 500);
      expect(events.filter(({ type, stream }) => type.startsWith('$') || /^[$]|^holdfast-/.test(stream))).toEqual([]);
      expect(await store.head()).toBe(position);
    });

    it('is read the same in pages of any size', async () => {
      const { store } = under();
      const before = await store.head();
      const events = newEvents(10);
      await appended(store, newStream(), 'none', events);
      for (const limit of [1, 3, 10, 11]) expect(idsOf(await readToEnd(store, before, limit))).toEqual(idsOf(events));
    });

    it('ends at the last event, and there again when nothing was added', async () => {
      const { store } = under();
      const { position } = await appended(store, newStream(), 'none', newEvents(1));
      const { end } = await store.readAll(position, 10);
      expect(await store.readAll(end, 10)).toEqual({ events: [], end, bytes: 0, isFull: false });
    });
  });
}

export function describeRacingPages(under: () => StoreUnderTest): void {
  describe('pages read while many write', () => {
    it('never skip an event and never repeat one', async () => {
      const { store, another } = under();
      const before = await store.head();
      const rival = await another();
      const state: { written?: readonly string[] } = {};
      const writing = Promise.all(Array.from({ length: 16 }, (_, index) => write(index % 2 ? store : rival, 25)));
      const written = writing.then((ids) => (state.written = ids.flat()));
      const seen: string[] = [];
      let from = before;
      while (state.written === undefined || seen.length < state.written.length) {
        const page = await store.readAll(from, 7);
        seen.push(...idsOf(page.events));
        from = page.end;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.toSorted()).toEqual((await written).toSorted());
      expect(idsOf(await readToEnd(store, before))).toEqual(seen);
      await rival.close();
    });
  });
}

async function write(store: EventStore, appends: number): Promise<string[]> {
  const stream = newStream();
  const ids: string[] = [];
  let expected: number | 'none' = 'none';
  for (let count = 0; count < appends; count++) {
    const events = newEvents(1 + (count % 3));
    ({ revision: expected } = await appended(store, stream, expected, events));
    ids.push(...idsOf(events));
  }
  return ids;
}

export function describePositions(under: () => StoreUnderTest): void {
  describe('a position', () => {
    it('of another store is rejected', async () => {
      const { store } = under();
      const foreign = makePosition('another1', ...parsePosition(await someHead(store), store.id));
      await expect(store.readAll(foreign, 1)).rejects.toThrow(ForeignPosition);
      await expect(store.readAll('forged' as Position, 1)).rejects.toThrow(ForeignPosition);
    });

    it('of another kind of store is rejected', async () => {
      const { store } = under();
      const [first = 0n, ...more] = parsePosition(await someHead(store), store.id);
      const other = more.length === 0 ? makePosition(store.id, first, first) : makePosition(store.id, first);
      await expect(store.readAll(other, 1)).rejects.toThrow(ForeignPosition);
    });

    it('that the store has not reached shows that it went backwards', async () => {
      const { store } = under();
      const ordinals = parsePosition(await someHead(store), store.id);
      const beyond = makePosition(store.id, ...ordinals.map((ordinal) => ordinal + 1_000_000_000n));
      await expect(store.readAll(beyond, 1)).rejects.toThrow(StoreWentBackwards);
    });

    it('is told by the same id by every client of the store', async () => {
      const other = await under().another();
      expect(other.id).toBe(under().store.id);
      await other.close();
    });
  });
}

function expectGrowing(positions: readonly Position[]): void {
  for (const [index, position] of positions.entries()) {
    const before = positions[index - 1];
    expect(before === undefined || comparePositions(before, position) < 0).toBe(true);
  }
}

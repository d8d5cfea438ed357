import type { NewEvent } from '../event.ts';
import { appended, idsOf, newEvent, newEvents, newStream, type StoreUnderTest } from './store-under-test.ts';

/** A stream of five: three events appended at once, then two. */
async function begun({ store }: StoreUnderTest) {
  const stream = newStream();
  const first = newEvents(3);
  const second = newEvents(2);
  await appended(store, stream, 'none', first);
  await appended(store, stream, 2, second);
  return { stream, first, second };
}

export function describeIdempotency(under: () => StoreUnderTest): void {
  describe('a repeated append', () => {
    it('with the same ids and the same expected revision is already done, whatever happened since', async () => {
      const { stream, first, second } = await begun(under());
      await expectAlreadyDone(under(), stream, 'none', first);
      await expectAlreadyDone(under(), stream, 2, second);
      expect(await under().store.readStream(stream, { limit: 10 })).toHaveLength(5);
    });

    it('from another process is already done too', async () => {
      const { stream, first } = await begun(under());
      const store = await under().another();
      await expectAlreadyDone({ ...under(), store }, stream, 'none', first);
      await store.close();
    });

    it('answers what was recorded, not what it carries', async () => {
      const { stream, first } = await begun(under());
      const altered = first.map((event) => ({ ...event, type: 'Forged', data: '{"forged":true}' }));
      const result = await expectAlreadyDone(under(), stream, 'none', altered);
      expect(result.events.map(({ data }) => data)).toEqual(first.map(({ data }) => JSON.parse(data)));
      expect(result.events.map(({ type }) => type)).toEqual(first.map(({ type }) => type));
    });

    it('of a leading part is already done', async () => {
      const { stream, first } = await begun(under());
      await expectAlreadyDone(under(), stream, 'none', first.slice(0, 1));
      await expectAlreadyDone(under(), stream, 'none', first.slice(0, 2));
    });

    it('of two appends in one is already done', async () => {
      const { stream, first, second } = await begun(under());
      await expectAlreadyDone(under(), stream, 'none', [...first, ...second]);
    });

    it('with a new event behind the old ones is a conflict, and writes nothing', async () => {
      const { stream, first, second } = await begun(under());
      const { store } = under();
      const conflict = { outcome: 'conflict', actual: 4 };
      expect(await store.append(stream, 'none', [...first, newEvent()])).toEqual(conflict);
      expect(await store.append(stream, 'none', [newEvent(), ...first])).toEqual(conflict);
      expect(await store.append(stream, 2, [...second, newEvent()])).toEqual(conflict);
      expect(await store.readStream(stream, { limit: 10 })).toHaveLength(5);
    });

    it('of an id in another stream is news there', async () => {
      const { first } = await begun(under());
      expect(await under().store.append(newStream(), 'none', first)).toMatchObject({ outcome: 'appended' });
    });
  });
}

export function describeIdsElsewhere(under: () => StoreUnderTest): void {
  describe('old ids with another expected revision than at first', () => {
    it('are recognised, or written again by a store that looks only where they first came', async () => {
      const { stream, first } = await begun(under());
      if (under().recognisesIds === 'anywhere') return void (await expectAlreadyDone(under(), stream, 4, first));
      expect(await under().store.append(stream, 4, first)).toMatchObject({ outcome: 'appended', revision: 7 });
    });

    it('are recognised, or a conflict in a store that looks only where they first came', async () => {
      const { stream, second } = await begun(under());
      if (under().recognisesIds === 'anywhere') return void (await expectAlreadyDone(under(), stream, 'none', second));
      expect(await under().store.append(stream, 'none', second)).toEqual({ outcome: 'conflict', actual: 4 });
    });

    it('are a conflict when a new one is among them', async () => {
      const { stream, second } = await begun(under());
      const result = await under().store.append(stream, 1, [...second, newEvent()]);
      expect(result).toEqual({ outcome: 'conflict', actual: 4 });
    });
  });
}

async function expectAlreadyDone(
  { store }: Pick<StoreUnderTest, 'store'>,
  stream: string,
  expected: number | 'none',
  events: readonly NewEvent[],
) {
  const result = await store.append(stream, expected, events);
  if (result.outcome !== 'already-done') throw new Error(`expected already-done, not ${JSON.stringify(result)}`);
  expect(idsOf(result.events)).toEqual(idsOf(events));
  const recorded = await store.readStream(stream, { limit: 100 });
  expect(recorded).toEqual(expect.arrayContaining([...result.events]));
  return result;
}

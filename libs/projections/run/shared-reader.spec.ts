import { makePosition, type AllPage, type EventStore, type Position, type RecordedEvent } from '#event-store';
import { SharedReader } from './shared-reader.ts';

const here = makePosition('s', 1n);
const there = makePosition('s', 2n);

/** A store whose answers wait to be given. */
function slowStore() {
  const asked: ((page: AllPage) => void)[] = [];
  let ring = (): void => undefined;
  const store: Pick<EventStore, 'id' | 'readAll' | 'onAppend'> = {
    id: 's',
    readAll: () => new Promise((answer) => asked.push(answer)),
    onAppend: (given) => {
      ring = given;
      return () => undefined;
    },
  };
  return { reader: new SharedReader(store as EventStore, bounds), asked, ring: () => ring() };
}

const bounds = { eventsMax: 10, bytesMax: 100 };
const empty: AllPage = { events: [], end: here, bytes: 0, isFull: false };
const full: AllPage = { events: [{} as RecordedEvent], end: there, bytes: 100, isFull: true };

describe('pages that several projections share', () => {
  it('are read once by those at the same place', async () => {
    const { reader, asked } = slowStore();
    const pages = [reader.page(here), reader.page(here)];
    asked[0]?.(full);
    expect(await Promise.all([...pages, reader.page(here)])).toEqual([full, full, full]);
    expect(asked).toHaveLength(1);
  });

  it('are read once by those in the middle of them too', async () => {
    const { reader, asked } = slowStore();
    const [first, second, third] = [1n, 2n, 3n].map((ordinal) => makePosition('s', ordinal)) as [
      Position,
      Position,
      Position,
    ];
    const events = [second, third].map((position) => ({ position }) as RecordedEvent);
    const page = reader.page(first);
    asked[0]?.({ events, end: third, bytes: 10, isFull: false });
    await page;
    expect(await reader.page(second)).toMatchObject({ events: events.slice(1), end: third });
    expect(asked).toHaveLength(1);
    void reader.page(third);
    void reader.page(makePosition('t', 2n));
    expect(asked).toHaveLength(3);
  });

  it('are read again when there was nothing', async () => {
    const { reader, asked } = slowStore();
    const page = reader.page(here);
    asked[0]?.(empty);
    expect(await page).toEqual(empty);
    void reader.page(here);
    expect(asked).toHaveLength(2);
  });

  it('that were asked for before a ring are not given to whoever asks after it', async () => {
    const { reader, asked, ring } = slowStore();
    reader.onAppend(() => undefined);
    const before = reader.page(here);
    ring();
    const after = reader.page(here);
    asked[0]?.(empty);
    asked[1]?.(full);
    expect([await before, await after, await reader.page(here)]).toEqual([empty, full, full]);
    expect(asked).toHaveLength(2);
  });

  it('are read ahead only while there is room for them, and in their turn always', async () => {
    const { reader, asked } = slowStore();
    const after = (n: number) => makePosition('s', BigInt(n));
    for (let n = 0; n < 10; n++) reader.readAhead(after(n));
    expect(asked).toHaveLength(4);
    for (const [n, answer] of asked.entries()) answer({ ...full, end: after(n + 1) });
    await reader.page(after(3));
    for (let n = 4; n < 10; n++) reader.readAhead(after(n));
    expect(asked).toHaveLength(8);
    void reader.page(after(9));
    expect(asked).toHaveLength(9);
  });

  it('are let go of when they are many bytes, the oldest first', async () => {
    const { reader, asked } = slowStore();
    const after = (n: number) => makePosition('s', BigInt(n));
    for (let n = 0; n < 6; n++) {
      const page = reader.page(after(n));
      asked[n]?.({ ...full, end: after(n + 1) });
      await page;
    }
    void reader.page(after(5));
    expect(asked).toHaveLength(6);
    void reader.page(after(0));
    expect(asked).toHaveLength(7);
  });
});

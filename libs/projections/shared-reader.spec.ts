import { makePosition, type AllPage, type EventStore, type RecordedEvent } from '#event-store';
import { SharedReader } from './shared-reader.ts';

const here = makePosition('s', 1n);
const there = makePosition('s', 2n);

/** A store whose answers wait to be given. */
function slowStore() {
  const asked: ((page: AllPage) => void)[] = [];
  let ring = (): void => undefined;
  const store: Pick<EventStore, 'readAll' | 'onAppend'> = {
    readAll: () => new Promise((answer) => asked.push(answer)),
    onAppend: (given) => {
      ring = given;
      return () => undefined;
    },
  };
  return { reader: new SharedReader(store as EventStore, 10), asked, ring: () => ring() };
}

const empty: AllPage = { events: [], end: here };
const full: AllPage = { events: [{} as RecordedEvent], end: there };

describe('pages that several projections share', () => {
  it('are read once by those at the same place', async () => {
    const { reader, asked } = slowStore();
    const pages = [reader.page(here), reader.page(here)];
    asked[0]?.(full);
    expect(await Promise.all([...pages, reader.page(here)])).toEqual([full, full, full]);
    expect(asked).toHaveLength(1);
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
});

import { makePosition, type AllPage, type Position, type RecordedEvent } from '#event-store';
import { Portions } from './portions.ts';

const at = (n: number): Position => makePosition('s', BigInt(n));

function pageOf(count: number, end: Position = at(count)): [AllPage, Position] {
  const events = Array.from({ length: count }, (_, n) => ({ position: at(n + 1) }) as RecordedEvent);
  return [{ events, end, bytes: 0, isFull: false }, end];
}

function sizes(portions: Portions, count: number, msOf: (events: number) => number): number[] {
  const written: number[] = [];
  for (const { events } of portions.of(...pageOf(count))) {
    portions.took(events.length, msOf(events.length));
    written.push(events.length);
  }
  return written;
}

describe('a page', () => {
  it('is written in one go as long as that is quick', () => {
    const portions = new Portions(100);
    for (let n = 0; n < 3; n++) expect(sizes(portions, 1000, () => 90)).toEqual([1000]);
  });

  it('goes in parts once one has taken too long, until parts are quick, and then in larger ones', () => {
    const portions = new Portions(100);
    const slow = (events: number): number => events;
    expect(sizes(portions, 1000, slow)).toEqual([1000]);
    expect(sizes(portions, 1000, slow)).toEqual([500, 250, 125, 62, 62, 1]);
    expect(sizes(portions, 1000, () => 1).slice(0, 4)).toEqual([124, 248, 496, 132]);
  });

  it('is never cut into less than one event', () => {
    const portions = new Portions(100);
    expect(sizes(portions, 2, () => 1000)).toEqual([2]);
    expect(sizes(portions, 3, () => 1000)).toEqual([1, 1, 1]);
  });

  it('leaves the checkpoint after the last event of each part, and at its end after the last', () => {
    const portions = new Portions(100);
    portions.took(2, 1000);
    const [page, end] = pageOf(2, at(7));
    expect([...portions.of(page, end)].map(({ to }) => to)).toEqual([at(1), at(7)]);
  });

  it('without events moves the checkpoint all the same', () => {
    expect([...new Portions(100).of(...pageOf(0, at(7)))]).toEqual([{ events: [], to: at(7) }]);
  });
});

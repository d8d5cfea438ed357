import { makePosition } from '#event-store';
import type { Projection, Row } from '../define/projection.ts';
import { anythingNotice, noticesOf, readNotice } from './change-notices.ts';

describe('the notifications of changed rows', () => {
  const table = { key: { stock: 'text', number: 'bigint' }, columns: {} };
  const projection: Projection = { name: 'returns', schema: 2, followed: true, table, changesOf: () => [] };
  const position = makePosition('store', 7n);

  function rows(count: number, stock = 'stock'): Row[] {
    return Array.from({ length: count }, (_, number) => ({ stock: `${stock} "${number}`, number, other: 1 }));
  }

  it('name the keys of the rows, and the position that they are of', () => {
    expect(noticesOf(projection, rows(2), position).map(readNotice)).toEqual([
      {
        view: 'returns_v2',
        position,
        keys: [
          ['stock "0', '0'],
          ['stock "1', '1'],
        ],
      },
    ]);
  });

  it('are as many as PostgreSQL needs, of which the last alone has the position', () => {
    const changed = rows(400, '桌'.repeat(20));
    const notices = noticesOf(projection, changed, position);
    expect(notices.length).toBeGreaterThan(2);
    for (const notice of notices) expect(Buffer.byteLength(notice)).toBeLessThan(8000);
    const read = notices.map(readNotice);
    expect(read.flatMap(({ keys = [] }) => keys)).toHaveLength(400);
    expect(read.map((notice) => notice.position)).toEqual([...read.slice(1).map(() => undefined), position]);
  });

  it('say that anything has changed when there are too many keys, and after a repair', () => {
    const [many, ...others] = noticesOf(projection, rows(501), position);
    expect(others).toEqual([]);
    expect(readNotice(many ?? '')).toEqual({ view: 'returns_v2', position, keys: undefined });
    expect(readNotice(anythingNotice(projection))).toEqual({
      view: 'returns_v2',
      position: undefined,
      keys: undefined,
    });
  });

  it('are none for a page without rows', () => {
    expect(noticesOf(projection, [], position)).toEqual([]);
  });
});

import { comparePositions, isPosition, makePosition, parsePosition } from './index.ts';

describe('a position', () => {
  it('sorts as text as it sorts by number', () => {
    expect(comparePositions(makePosition('a', 9n), makePosition('a', 10n))).toBe(-1);
    expect(comparePositions(makePosition('a', 10n, 1n), makePosition('a', 9n, 2n))).toBe(1);
    expect(comparePositions(makePosition('a', 10n), makePosition('a', 10n))).toBe(0);
  });

  it('comes back as it was made', () => {
    expect(parsePosition(makePosition('store1', 2n ** 60n, 7n), 'store1')).toEqual([2n ** 60n, 7n]);
  });

  it('of another store is rejected', () => {
    expect(() => parsePosition(makePosition('theirs', 1n), 'ours')).toThrow('not a position of the event store ours');
    expect(() => comparePositions(makePosition('theirs', 1n), makePosition('ours', 1n))).toThrow('not a position');
  });

  it('is told from any other text', () => {
    expect(isPosition(makePosition('a', 1n))).toBe(true);
    expect(isPosition('a@1')).toBe(false);
    expect(() => parsePosition('; drop table', 'a')).toThrow('not a position');
  });
});

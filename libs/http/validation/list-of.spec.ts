import { Problem } from '../errors/problem.ts';
import { keepRepeated } from './repeated-names.ts';
import { ListOf } from './list-of.ts';
import { Id, Integer } from './rules.ts';
import { ValidationPipe } from './validation.pipe.ts';

class Line {
  @Id()
  itemId!: string;

  @Integer({ min: 1, max: 9, default: 1 })
  quantity!: number;
}

class Basket {
  @ListOf(Line, { min: 1, max: 3 })
  lines!: Line[];

  @ListOf(Line, { min: 0, max: 30, optional: true })
  later?: Line[];
}

function parsed(body: object): Basket {
  return new ValidationPipe().transform(body, { type: 'body', metatype: Basket }) as Basket;
}

function faultsOf(body: object): unknown {
  try {
    parsed(body);
    return {};
  } catch (error) {
    if (error instanceof Problem) return error.facts;
    throw error;
  }
}

const outOfBounds = 'must be a list of 1 to 3 objects';

describe('a list of objects', () => {
  it('has entries of its class, with their defaults, in either spelling', () => {
    const { lines, later } = parsed({ lines: [{ item_id: 7 }, { itemId: 'a', quantity: 2 }] });
    expect(lines).toEqual([
      { itemId: '7', quantity: 1 },
      { itemId: 'a', quantity: 2 },
    ]);
    for (const line of lines) expect(line).toBeInstanceOf(Line);
    expect(later).toBeUndefined();
    expect(parsed({ lines, later: [] }).later).toEqual([]);
  });

  it.each([
    [{}, 'is required'],
    [{ lines: null }, 'is required'],
    [{ lines: [] }, outOfBounds],
  ])('cannot be missing or too short: %j', (body, sentence) => {
    expect(faultsOf(body)).toEqual({ lines: sentence });
  });

  it.each(['', 'abcd', 7, true, {}, { 0: { itemId: 'a' }, length: 1 }])('is nothing else: %j', (lines) => {
    expect(faultsOf({ lines })).toEqual({ lines: outOfBounds });
  });

  it('that is too long is rejected before its entries are read', () => {
    expect(faultsOf({ lines: [1, 2, 3, 4] })).toEqual({ lines: outOfBounds });
  });

  it.each([1, 'a', null, [], [{ itemId: 'a' }]])('has no entries but objects: %j', (entry) => {
    expect(faultsOf({ lines: [{ itemId: 'a' }, entry] })).toEqual({ 'lines.1': 'must be an object' });
  });

  it('names the entry and the field of each fault', () => {
    const lines = [
      { item_id: 'a', quantity: 0 },
      { quantity: 2, colour: 'red' },
      { itemId: {}, quantity: [1] },
    ];
    expect(faultsOf({ lines, size: 1 })).toEqual({
      size: 'is not a field of this request',
      'lines.0.quantity': 'must be a whole number from 1 to 9',
      'lines.1.colour': 'is not a field of this request',
      'lines.1.itemId': 'is required',
      'lines.2.itemId': 'must be an id or a number',
      'lines.2.quantity': 'must be a whole number from 1 to 9',
    });
  });

  it('rejects a field that an entry has twice', () => {
    expect(faultsOf({ lines: [{ item_id: 'a', itemId: 'b' }] })).toEqual({
      'lines.0.itemId': 'is given more than once',
    });
    const body = { lines: [{ itemId: 'a' }] };
    keepRepeated(body, new Set(['lines.0.itemId']));
    expect(faultsOf(body)).toEqual({ 'lines.0.itemId': 'is given more than once' });
  });

  it('keeps the fields of an object’s prototype out', () => {
    const lines = JSON.parse('[{ "itemId": "a", "__proto__": { "quantity": 5 } }]') as object[];
    expect(faultsOf({ lines })).toEqual({ 'lines.0.__proto__': 'is not a field of this request' });
  });

  it('tells of twenty faults at most', () => {
    const later = Array.from({ length: 30 }, () => ({}));
    expect(Object.keys(faultsOf({ lines: [{ itemId: 'a' }], later }) as object)).toHaveLength(20);
  });
});

import { Metadata, Reference } from './label-rules.ts';
import { ListOf } from './list-of.ts';
import { parseDto } from './validation.pipe.ts';

class LineDto {
  @Reference()
  reference?: string;

  @Metadata()
  metadata?: Record<string, string>;
}

class LinesDto {
  @ListOf(LineDto, { min: 0, max: 3 })
  lines!: LineDto[];
}

const faultsOf = (given: object) => Object.fromEntries(parseDto(LineDto, { ...given }, false).faults);
const instanceOf = (given: object) => parseDto(LineDto, { ...given }, false).instance;
const many = (count: number, value: string) => Object.fromEntries(Array.from({ length: count }, (_, n) => [n, value]));
const text = 'must be text of 1 to 100 characters';
const malformed = 'must not contain NUL or invalid characters';
const map = 'must be an object of at most 20 texts of up to 500 characters, with names of 1 to 40';

describe('a reference', () => {
  it.each(['a', 'x'.repeat(100), '😀'.repeat(100), '訂單 7', ' a '])('can be %j', (reference) => {
    expect(faultsOf({ reference })).toEqual({});
    expect(instanceOf({ reference })).toMatchObject({ reference });
  });

  it('can be left out', () => {
    expect(faultsOf({})).toEqual({});
  });

  it.each([
    ['', text],
    [' ', text],
    [7, text],
    [['a'], text],
    [{ a: 'b' }, text],
    [null, 'is required'],
    ['x'.repeat(101), text],
    ['😀'.repeat(101), text],
    ['a\0b', malformed],
    ['a\ud800', malformed],
    ['a\nb', malformed],
    ['a\u0085b', malformed],
    ['a\u2028b', malformed],
  ])('cannot be %j: it %s', (reference, message) => {
    expect(faultsOf({ reference })).toEqual({ reference: message });
  });
});

describe('metadata', () => {
  it.each([
    {},
    { a: '' },
    { ['k'.repeat(40)]: 'x'.repeat(500) },
    { 'a "quoted" key': 'two\r\n\tlines', constructor: 'c', 通路: '網站' },
    many(20, 'x'.repeat(98)),
    { a: '😀'.repeat(500), b: '😀'.repeat(500), c: '😀'.repeat(500), d: '😀'.repeat(496) },
  ])('can be %j', (metadata) => {
    expect(faultsOf({ metadata })).toEqual({});
    expect(instanceOf({ metadata })).toEqual({ metadata });
  });

  it.each([
    ['text'],
    [7],
    [[]],
    [['a']],
    [many(21, '')],
    [{ '': 'a' }],
    [{ ['k'.repeat(41)]: 'a' }],
    [{ 'a\nb': 'c' }],
  ])('cannot be %j', (metadata) => {
    expect(faultsOf({ metadata })).toEqual({ metadata: map });
  });

  it('cannot be longer than 2,000 characters in all', () => {
    const whole = { ...many(9, 'x'.repeat(199)), name: 'x'.repeat(196) };
    expect(faultsOf({ metadata: whole })).toEqual({});
    const message = 'must have at most 2000 characters in all, names and texts together';
    expect(faultsOf({ metadata: { ...whole, name: 'x'.repeat(197) } })).toEqual({ metadata: message });
    expect(faultsOf({ metadata: { ...whole, names: 'x'.repeat(196) } })).toHaveProperty('metadata');
  });

  it('names each text that it cannot have', () => {
    const of = 'must be text of 0 to 500 characters';
    const metadata = {
      good: 'a',
      long: 'x'.repeat(501),
      number: 7,
      none: null,
      list: ['a'],
      nul: '\0',
      tone: '\u0007',
    };
    expect(faultsOf({ metadata })).toEqual({
      'metadata.long': of,
      'metadata.number': of,
      'metadata.none': of,
      'metadata.list': of,
      'metadata.nul': malformed,
      'metadata.tone': malformed,
    });
    expect(faultsOf({ metadata: { half: '\udc00' } })).toEqual({ 'metadata.half': malformed });
    const { faults } = parseDto(LinesDto, { lines: [{}, { metadata: { a: 1 } }] }, false);
    expect(Object.fromEntries(faults)).toEqual({ 'lines.1.metadata.a': of });
  });
});

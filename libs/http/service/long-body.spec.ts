import fc from 'fast-check';
import { splitBody } from './long-body.ts';

const long = { path: '/lamps', list: 'lamps', entriesMax: 20, bytesMax: 4_194_304 };

describe('a body with a long list', () => {
  it('is split into the entries and the rest, whatever is in them and however it is spaced', () => {
    const entries = fc.array(fc.jsonValue(), { maxLength: 20 });
    const rest = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(entries, rest, fc.constantFrom(undefined, 2, '\t'), (lamps, fields, space) => {
        const more = Object.fromEntries(
          Object.entries(fields).filter(([name]) => name !== 'lamps' && name !== 'after'),
        );
        const split = splitBody(JSON.stringify({ ...more, lamps, after: [1] }, null, space), long);
        expect(split?.entries.map((entry) => JSON.parse(entry) as unknown)).toEqual(JSON.parse(JSON.stringify(lamps)));
        expect(JSON.parse(split?.rest ?? '')).toEqual(JSON.parse(JSON.stringify({ ...more, lamps: [], after: [1] })));
      }),
    );
  });

  it.each([
    ['{"lamps":[1,]}', ['1', '']],
    ['{"lamps":[,1]}', ['', '1']],
    ['{"lamps":[1 2]}', ['1 2']],
    ['{"lamps":[{]}', ['{]']],
  ])('keeps what is no JSON for who parses it: %s', (text, entries) => {
    expect(splitBody(text, long)?.entries).toEqual(entries);
  });

  it('is not read further when there are too many entries', () => {
    const split = splitBody(`{"lamps":[${'1,'.repeat(1_000_000)}`, long);
    expect(split).toEqual({ rest: '{"lamps":[]}', entries: Array.from({ length: 21 }, () => '1') });
  });

  it('is an object', () => {
    for (const text of ['', '[]', '1', 'null', ' ']) expect(splitBody(text, long)).toBeUndefined();
    expect(splitBody('{}', long)).toEqual({ rest: '{}', entries: [] });
  });
});

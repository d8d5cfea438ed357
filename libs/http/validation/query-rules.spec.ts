import { Problem } from '../errors/problem.ts';
import { NoQuery } from './no-query.ts';
import { OneOf, QueryChoices, QueryInteger, QueryIntegers, Time } from './query-rules.ts';
import { ValidationPipe } from './validation.pipe.ts';

class Query {
  @QueryInteger({ default: 20, min: 1, max: 100 })
  limit!: number;

  @QueryIntegers({ optional: true, min: 1, countMax: 3 })
  ids?: number[];

  @OneOf({ optional: true, choices: ['open', 'expired'] })
  status?: string;

  @QueryChoices({ optional: true, choices: ['red', 'green', 'blue'], enumName: 'Colour' })
  colours?: string[];

  @Time({ optional: true, past: true })
  at?: Date;

  @Time({ optional: true })
  from?: Date;
}

function read(query: Record<string, unknown>, metatype: new () => object = Query): unknown {
  try {
    return { ...(new ValidationPipe().transform(query, { type: 'query', metatype }) as object) };
  } catch (error) {
    if (error instanceof Problem) return error.facts;
    throw error;
  }
}

describe('the text of a query string', () => {
  it('is read as what it stands for', () => {
    const given = { limit: '7', ids: '3,1', status: 'open', at: '2026-01-31T12:00:00.5Z', from: '2999-12-31' };
    expect(read(given)).toEqual({
      limit: 7,
      ids: [3, 1],
      status: 'open',
      at: new Date(Date.UTC(2026, 0, 31, 12, 0, 0, 500)),
      from: new Date(Date.UTC(2999, 11, 31)),
    });
    expect(read({ colours: 'blue, red' })).toMatchObject({ colours: ['blue', 'red'] });
    expect(read({})).toMatchObject({ limit: 20 });
  });

  it.each(['2026-01-31T20:00:00+08:00', '2026-01-31T20:00:00 08:00', '2026-01-31T12:00Z'])(
    'of a time with its zone is that time: %s',
    (at) => {
      expect(read({ at })).toMatchObject({ at: new Date(Date.UTC(2026, 0, 31, 12)) });
    },
  );

  it.each(['9999-12-31T23:59:59-00:01', '0000-01-01T00:00:00+00:01'])(
    'of a time that has no four digits for its year in UTC is rejected, because PostgreSQL cannot read it: %s',
    (from) => {
      expect(read({ from })).toEqual({ from: 'must be an ISO 8601 time with a time zone' });
    },
  );

  it.each([
    ['limit', '0', 'must be a whole number from 1 to 100'],
    ['limit', '101', 'must be a whole number from 1 to 100'],
    ['limit', '1.5', 'must be a whole number from 1 to 100'],
    ['limit', ['1', '2'], 'is given more than once'],
    ['ids', ['1', '2'], 'is given more than once'],
    ['ids', '1,,2', 'must be at most 3 whole numbers of 1 or more, separated by commas'],
    ['ids', '0', 'must be at most 3 whole numbers of 1 or more, separated by commas'],
    ['ids', '1,2,3,4', 'must be at most 3 whole numbers of 1 or more, separated by commas'],
    ['status', 'lost', 'must be one of: open, expired'],
    ['colours', 'red,black', 'must be one of: red, green, blue'],
    ['colours', 'red,red,red,red', 'must be one of: red, green, blue'],
    ['at', '2999-01-01', 'must not be in the future'],
    ['at', '2026-02-30', 'must be an ISO 8601 time with a time zone'],
    ['at', '2026-01-31T12:00:00', 'must be an ISO 8601 time with a time zone'],
    ['at', '2026-01-31T25:00:00Z', 'must be an ISO 8601 time with a time zone'],
    ['at', '', 'must be an ISO 8601 time with a time zone'],
    ['colour', 'red', 'is not a field of this request'],
  ])('is rejected for %s when it is %j', (field, value, sentence) => {
    expect(read({ [field]: value })).toEqual({ [field]: sentence });
  });

  it.each([
    ['limit', { constructor: 1 }, 'must be a whole number from 1 to 100'],
    ['ids', [1], 'must be at most 3 whole numbers of 1 or more, separated by commas'],
    ['at', new Date(0), 'must be an ISO 8601 time with a time zone'],
  ])('is nothing but text: for %s not %j', (field, value, sentence) => {
    expect(read({ [field]: value })).toEqual({ [field]: sentence });
  });

  it('must be empty where nothing is asked for', () => {
    expect(read({}, NoQuery)).toEqual({});
    expect(read({ limit: '1' }, NoQuery)).toEqual({ limit: 'is not a field of this request' });
  });
});

import { Problem } from '../errors/problem.ts';
import { field } from './field.ts';
import { QueryInteger, QueryIntegers, OneOf, Time } from './query-rules.ts';
import { Email, Id, Integer, Money, NewId, NewPassword, NewUserName, Text } from './rules.ts';
import { ValidationPipe } from './validation.pipe.ts';

const read: unknown[] = [];

class Measured {
  @field({
    schema: { type: String },
    unitsMax: 3,
    tooLong: { rule: 'text', facts: { min: 1, max: 3 } },
    spell: (value) => {
      read.push(value);
      return value;
    },
    check: (value) => {
      read.push(value);
      return undefined;
    },
  })
  text!: string;
}

class Ruled {
  @Text({ optional: true, max: 5 })
  text?: string;

  @Email({ optional: true })
  email?: string;

  @NewPassword({ optional: true })
  password?: string;

  @NewUserName({ optional: true })
  userName?: string;

  @Integer({ optional: true, max: 9 })
  integer?: number;

  @Money({ optional: true })
  money?: number;

  @Id({ optional: true })
  id?: string;

  @NewId({ optional: true })
  newId?: string;

  @QueryInteger({ optional: true, min: 0, max: 9 })
  number?: number;

  @QueryIntegers({ optional: true, min: 0, countMax: 3 })
  numbers?: number[];

  @OneOf({ optional: true, choices: ['open'] })
  choice?: string;

  @Time({ optional: true })
  time?: Date;
}

function faultsOf(metatype: new () => object, body: object): unknown {
  try {
    new ValidationPipe().transform(body, { type: 'body', metatype });
    return {};
  } catch (error) {
    if (error instanceof Problem) return error.facts;
    throw error;
  }
}

describe('text that is longer than its field can be', () => {
  it('is rejected before anything reads it', () => {
    expect(faultsOf(Measured, { text: 'abcd' })).toEqual({ text: 'must be text of 1 to 3 characters' });
    expect(read).toEqual([]);
    expect(faultsOf(Measured, { text: 'abc' })).toEqual({});
    expect(read).toEqual(['abc', 'abc']);
  });

  it.each([
    ['text', 'must be text of 1 to 5 characters'],
    ['email', 'must be an e-mail address'],
    ['password', 'must be text of 8 to 1024 characters'],
    ['userName', 'must be 1 to 64 letters, digits, dots, hyphens or underscores'],
    ['integer', 'must be a whole number from 0 to 9'],
    ['money', 'must be a whole number from 0 to 1000000000000'],
    ['id', 'must be an id or a number'],
    [
      'newId',
      'must have at most 64 letters, digits, dots, underscores or hyphens, start with a letter or digit, and not be a number',
    ],
    ['number', 'must be a whole number from 0 to 9'],
    ['numbers', 'must be at most 3 whole numbers of 0 or more, separated by commas'],
    ['choice', 'must be one of: open'],
    ['time', 'must be an ISO 8601 time with a time zone'],
  ])('is told what it must be: as %s', (name, sentence) => {
    expect(faultsOf(Ruled, { [name]: `a${'\u0301\u0334'.repeat(50_000)}` })).toEqual({ [name]: sentence });
  });

  it('is not what takes more units before it is composed', () => {
    const syllable = '\u1112\u1161\u11ab';
    expect(faultsOf(Ruled, { userName: syllable.repeat(64), email: `${syllable.repeat(250)}@x.y` })).toEqual({});
    expect(faultsOf(Ruled, { text: '\u{1f600}'.repeat(5), password: '\u{1f600}'.repeat(1024) })).toEqual({});
  });
});

describe('an id in a body', () => {
  it.each([1e15, 2 ** 53, 1e19, 1e21, Infinity, 1.5, -1])('is no number like %d', (id) => {
    expect(faultsOf(Ruled, { id })).toEqual({ id: 'must be an id or a number' });
  });
});

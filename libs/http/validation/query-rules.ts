import { idPattern } from '#ids';
import { field, type Broken, type FieldOptions } from './field.ts';
import { brokenText } from './rules.ts';

// Values in a query string are text: these rules parse them.

const digitsMax = 15;
const idUnitsMax = 64;
const timeUnitsMax = 40;

/** A whole number, as text. */
export function QueryInteger(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  const broken: Broken = { rule: 'integer', facts: { min, max } };
  return field({
    ...options,
    schema: { type: 'integer', minimum: min, maximum: max },
    unitsMax: 1 + digitsMax,
    tooLong: broken,
    spell: (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    check: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? undefined : broken,
  });
}

/** Whole numbers, separated by commas. */
export function QueryIntegers(options: FieldOptions & { min: number; countMax: number }): PropertyDecorator {
  const { min, countMax } = options;
  const broken: Broken = { rule: 'integers', facts: { min, countMax } };
  return field({
    ...options,
    unitsMax: countMax * (1 + digitsMax),
    tooLong: broken,
    schema: { type: String, pattern: String.raw`^\d+(,\d+)*$` },
    spell: (value) =>
      typeof value === 'string' && /^\d{1,15}(?:,\d{1,15})*$/.test(value) ? value.split(',').map(Number) : value,
    check: (value) =>
      Array.isArray(value) && value.length <= countMax && value.every((one) => typeof one === 'number' && one >= min)
        ? undefined
        : broken,
  });
}

/** Ids or numbers, separated by commas. */
export function QueryIds(options: FieldOptions & { countMax: number }): PropertyDecorator {
  const { countMax } = options;
  const broken: Broken = { rule: 'ids', facts: { countMax } };
  return field({
    ...options,
    unitsMax: countMax * (1 + idUnitsMax),
    tooLong: broken,
    schema: { type: String },
    spell: split,
    check: (value) => (isListOf(value, countMax, (one) => idPattern.test(one)) ? undefined : broken),
  });
}

/** Short texts, separated by commas. */
export function QueryTexts(options: FieldOptions & { countMax: number; max: number }): PropertyDecorator {
  const { countMax, max } = options;
  const broken: Broken = { rule: 'listedTexts', facts: { countMax, max } };
  return field({
    ...options,
    unitsMax: countMax * (1 + 2 * max),
    tooLong: broken,
    schema: { type: String },
    spell: split,
    check: (value) => (isListOf(value, countMax, (one) => brokenText(one, 1, max) === undefined) ? undefined : broken),
  });
}

/** `true` or `false`. */
export function QueryFlag(options: FieldOptions): PropertyDecorator {
  const broken: Broken = { rule: 'boolean', facts: {} };
  return field({
    ...options,
    unitsMax: 'false'.length,
    tooLong: broken,
    schema: { type: Boolean },
    spell: (value) => (value === 'true' || value === 'false' ? value === 'true' : value),
    check: (value) => (typeof value === 'boolean' ? undefined : broken),
  });
}

function split(value: unknown): unknown {
  return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value;
}

function isListOf(value: unknown, countMax: number, isOne: (one: string) => boolean): boolean {
  return (
    Array.isArray(value) && value.length <= countMax && value.every((one) => typeof one === 'string' && isOne(one))
  );
}

export function OneOf({ choices, ...options }: FieldOptions & { choices: readonly string[] }): PropertyDecorator {
  const broken: Broken = { rule: 'oneOf', facts: { choices } };
  return field({
    ...options,
    schema: { type: String, enum: [...choices] },
    unitsMax: Math.max(...choices.map(({ length }) => length)),
    tooLong: broken,
    check: (value) => (typeof value === 'string' && choices.includes(value) ? undefined : broken),
  });
}

/** Of these choices, separated by commas; in the document, one schema has the name `enumName`. */
export function QueryChoices({
  choices,
  enumName,
  ...options
}: FieldOptions & { choices: readonly string[]; enumName: string }): PropertyDecorator {
  const broken: Broken = { rule: 'oneOf', facts: { choices } };
  return field({
    ...options,
    schema: { enum: [...choices], enumName, isArray: true },
    unitsMax: choices.join(', ').length,
    tooLong: broken,
    spell: split,
    check: (value) => (isListOf(value, choices.length, (one) => choices.includes(one)) ? undefined : broken),
  });
}

/** A time in ISO 8601 with a time zone; a date alone means midnight UTC. Parsed to a Date. */
export function Time({ past = false, ...options }: FieldOptions & { past?: boolean }): PropertyDecorator {
  const broken: Broken = { rule: 'time', facts: {} };
  return field({
    ...options,
    schema: { type: String, format: 'date-time' },
    unitsMax: timeUnitsMax,
    tooLong: broken,
    spell: (value) => (typeof value === 'string' ? (timeOf(value) ?? value) : value),
    check: (value) => {
      if (!(value instanceof Date)) return broken;
      return past && value.getTime() > Date.now() ? { rule: 'notFuture', facts: {} } : undefined;
    },
  });
}

const timeShape = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function timeOf(text: string): Date | undefined {
  // An unencoded + of a time zone arrives as a space.
  const meant = text.replace(/ (?=\d\d:\d\d$)/, '+');
  const [, year, month, day] = timeShape.exec(meant) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // JavaScript accepts 30 February as 1 or 2 March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1) return undefined;
  const time = new Date(meant);
  return hasFourDigitYear(time) ? time : undefined;
}

/** The zone may move a time out of the years that PostgreSQL reads: it would reject the row of an event that has it. */
function hasFourDigitYear(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9999;
}

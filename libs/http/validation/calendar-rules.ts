import { isTimeZone } from '#platform';
import { field, type Broken, type FieldOptions } from './field.ts';
import { isList, nestedField } from './list-rules.ts';

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeOfDayPattern = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const zoneUnitsMax = 64;

// Before, clocks were not set by zones; much later, years have more than four digits.
const [yearMin, yearMax] = [1970, 2999];

/** A day of the calendar. */
export function CalendarDate(options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'date', facts: { yearMin, yearMax } };
  return field({
    ...options,
    schema: { type: String, format: 'date' },
    unitsMax: '2026-02-28'.length,
    tooLong: broken,
    check: (value) => (isDate(value) ? undefined : broken),
  });
}

export function CalendarDates({ countMax, ...options }: FieldOptions & { countMax: number }): PropertyDecorator {
  const broken: Broken = { rule: 'dates', facts: { countMax, yearMin, yearMax } };
  return nestedField({
    ...options,
    schema: { type: 'array', items: { type: 'string', format: 'date' }, maxItems: countMax },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => (isList(value, countMax) && value.every(isDate) ? undefined : broken),
  });
}

/** Different times of a day, to the minute. */
export function TimesOfDay({ countMax, ...options }: FieldOptions & { countMax: number }): PropertyDecorator {
  const broken: Broken = { rule: 'timesOfDay', facts: { countMax } };
  const items = { type: 'string', pattern: timeOfDayPattern.source };
  return nestedField({
    ...options,
    schema: { type: 'array', items, minItems: 1, maxItems: countMax, uniqueItems: true },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => {
      const areTimes = isList(value, countMax) && value.length > 0 && value.every(isTimeOfDay);
      return areTimes && new Set(value).size === value.length ? undefined : broken;
    },
  });
}

/** The name of a time zone of the IANA database. */
export function TimeZone(options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'timeZone', facts: {} };
  return field({
    ...options,
    schema: { type: String, maxLength: zoneUnitsMax },
    unitsMax: zoneUnitsMax,
    tooLong: broken,
    // An offset has no rules for when clocks are changed.
    check: (value) => (typeof value === 'string' && /^[A-Za-z]/.test(value) && isTimeZone(value) ? undefined : broken),
  });
}

function isDate(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' ? datePattern.exec(value) : undefined) ?? [];
  if (year === undefined || Number(year) < yearMin || Number(year) > yearMax) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(value as string);
}

function isTimeOfDay(value: unknown): boolean {
  return typeof value === 'string' && timeOfDayPattern.test(value);
}

import { field, type FieldOptions } from './field.ts';

// Everything in a query string is text: these rules read what it stands for.

/** A whole number, as text. */
export function QueryInteger(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  return field({
    ...options,
    schema: { type: 'integer', minimum: min, maximum: max },
    normalize: (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    check: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
        ? undefined
        : { rule: 'integer', facts: { min, max } },
  });
}

/** Whole numbers, separated by commas. */
export function QueryIntegers(options: FieldOptions & { min: number; countMax: number }): PropertyDecorator {
  const { min, countMax } = options;
  return field({
    ...options,
    schema: { type: String, pattern: String.raw`^\d+(,\d+)*$` },
    normalize: (value) =>
      typeof value === 'string' && /^\d{1,15}(?:,\d{1,15})*$/.test(value) ? value.split(',').map(Number) : value,
    check: (value) =>
      Array.isArray(value) && value.length <= countMax && value.every((one) => typeof one === 'number' && one >= min)
        ? undefined
        : { rule: 'integers', facts: { min, countMax } },
  });
}

export function OneOf({ choices, ...options }: FieldOptions & { choices: readonly string[] }): PropertyDecorator {
  return field({
    ...options,
    schema: { type: String, enum: [...choices] },
    check: (value) =>
      typeof value === 'string' && choices.includes(value) ? undefined : { rule: 'oneOf', facts: { choices } },
  });
}

/** A point in time in ISO 8601, with its zone; a date alone is its midnight in UTC. Becomes a Date. */
export function Time({ past = false, ...options }: FieldOptions & { past?: boolean }): PropertyDecorator {
  return field({
    ...options,
    schema: { type: String, format: 'date-time' },
    normalize: (value) => (typeof value === 'string' ? (timeOf(value) ?? value) : value),
    check: (value) => {
      if (!(value instanceof Date)) return { rule: 'time', facts: {} };
      return past && value.getTime() > Date.now() ? { rule: 'notFuture', facts: {} } : undefined;
    },
  });
}

const timeShape = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function timeOf(text: string): Date | undefined {
  // An unencoded + of a zone arrives as a space.
  const meant = text.replace(/ (?=\d\d:\d\d$)/, '+');
  const [, year, month, day] = timeShape.exec(meant) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // JavaScript takes the 30th of February for the 1st or 2nd of March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1) return undefined;
  const time = new Date(meant);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

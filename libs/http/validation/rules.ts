import { normalized } from '#platform';
import { idPattern, idPrefixes } from '#ids';
import { field, type Broken, type FieldOptions } from './field.ts';

const safeMax = Number.MAX_SAFE_INTEGER;
const emailMax = 254;
const idMax = 64;
const moneyDigitsMax = 15;
/** UTF-16 units per character. */
const unitsPerCharacter = 2;
/** Before composition, a character can have up to four units, such as a letter with three marks. */
const unitsPerComposed = 4;

/** Invisible characters: with them, different addresses or names can look the same. */
const unseen = /\p{Default_Ignorable_Code_Point}/u;

/** Text that any store accepts: no NUL, no lone surrogates. Not only spaces, unless it may be empty. */
export function Text({ min = 1, max, ...options }: FieldOptions & { min?: number; max: number }): PropertyDecorator {
  return field({
    ...options,
    schema: { type: String, minLength: min, maxLength: max },
    unitsMax: max * unitsPerCharacter,
    tooLong: { rule: 'text', facts: { min, max } },
    check: (value) => brokenText(value, min, max),
  });
}

/** Normalised to the form in which it is stored and compared. */
export function Email(options: FieldOptions = {}): PropertyDecorator {
  return field({
    ...options,
    schema: { type: String, format: 'email', maxLength: emailMax },
    unitsMax: emailMax * unitsPerComposed,
    tooLong: { rule: 'email', facts: {} },
    spell: (value) => (typeof value === 'string' ? normalized('NFC', value) : value),
    check: (value) => {
      const broken = brokenText(value, 3, emailMax);
      if (broken?.rule === 'wellFormed') return broken;
      return broken === undefined && isEmail(value as string) ? undefined : { rule: 'email', facts: {} };
    },
  });
}

export const passwordLengthMin = 8;
export const passwordLengthMax = 1024;

/** A new password; the length limits are not applied at login. */
export function NewPassword(options: FieldOptions = {}): PropertyDecorator {
  const [min, max] = [passwordLengthMin, passwordLengthMax];
  return field({
    ...options,
    schema: { type: String, format: 'password', minLength: min, maxLength: max },
    unitsMax: max * unitsPerCharacter,
    tooLong: { rule: 'text', facts: { min, max } },
    check: (value) => {
      const broken = brokenText(value, min, max);
      const isLong = typeof value === 'string' && value.length > max;
      return broken?.rule === 'text' && !isLong ? { rule: 'password', facts: { min } } : broken;
    },
  });
}

const userNameMax = 64;
const userNamePattern = /^[\p{L}\p{M}\p{N}_.-]+$/u;
const userIdPattern = new RegExp(String.raw`^${idPrefixes.user}[\da-f]{16}$`, 'i');

/**
 * A user name in any script, normalised to the form in which it is stored and compared; never one that could be an
 * e-mail address or a user id.
 */
export function NewUserName(options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'userName', facts: { max: userNameMax } };
  return field({
    ...options,
    schema: { type: String, minLength: 1, maxLength: userNameMax },
    unitsMax: userNameMax * unitsPerComposed,
    tooLong: broken,
    spell: (value) => (typeof value === 'string' ? normalized('NFKC', value) : value),
    check: (value) => (isUserName(value) ? undefined : broken),
  });
}

export function Integer({
  min = 0,
  max = safeMax,
  ...options
}: FieldOptions & { min?: number; max?: number }): PropertyDecorator {
  return field({
    ...options,
    schema: { type: 'integer', minimum: min, maximum: max },
    unitsMax: 0,
    tooLong: { rule: 'integer', facts: { min, max } },
    check: (value) => brokenInteger(value, min, max),
  });
}

/** An amount in minor units; text is accepted too, because one of the requirements sends it. */
export function Money(options: FieldOptions = {}): PropertyDecorator {
  const max = 1_000_000_000_000;
  return field({
    ...options,
    schema: {
      oneOf: [
        { type: 'integer', minimum: 0, maximum: max },
        { type: 'string', pattern: String.raw`^\d+$` },
      ],
    },
    unitsMax: moneyDigitsMax,
    tooLong: { rule: 'integer', facts: { min: 0, max } },
    spell: (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    check: (value) => brokenInteger(value, 0, max),
  });
}

export function Flag(options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'boolean', facts: {} };
  return field({
    ...options,
    schema: { type: Boolean },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => (typeof value === 'boolean' ? undefined : broken),
  });
}

/** The name of a resource in URLs. */
export function Slug({ max, ...options }: FieldOptions & { max: number }): PropertyDecorator {
  const broken: Broken = { rule: 'slug', facts: { max } };
  return field({
    ...options,
    schema: { type: String, pattern: slugPattern.source, maxLength: max },
    unitsMax: max,
    tooLong: broken,
    check: (value) => (typeof value === 'string' && slugPattern.test(value) ? undefined : broken),
  });
}

/** The id of an existing resource, or its number, as a number or text. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field({
    ...options,
    schema: {
      oneOf: [
        { type: 'string', pattern: idPattern.source },
        { type: 'integer', minimum: 1 },
      ],
    },
    unitsMax: idMax,
    tooLong: { rule: 'id', facts: {} },
    // Larger numbers in JSON were rounded, and Infinity would be accepted.
    spell: (value) => (Number.isSafeInteger(value) ? String(value) : value),
    check: (value) => (typeof value === 'string' && idPattern.test(value) ? undefined : { rule: 'id', facts: {} }),
  });
}

const slugPattern = /^[a-z\d]+(?:-[a-z\d]+)*$/;

/** Digits alone would be a number. */
const newIdPattern = /^(?!\d+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** An id chosen by the caller. */
export function NewId(options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'newId', facts: {} };
  return field({
    ...options,
    schema: { type: String, pattern: newIdPattern.source },
    unitsMax: idMax,
    tooLong: broken,
    check: (value) => (typeof value === 'string' && newIdPattern.test(value) ? undefined : broken),
  });
}

export function brokenText(value: unknown, min: number, max: number): Broken | undefined {
  if (typeof value !== 'string') return { rule: 'text', facts: { min, max } };
  if (!value.isWellFormed() || value.includes('\0')) return { rule: 'wellFormed', facts: {} };
  const characters = Array.from(value).length;
  const isBlank = min > 0 && value.trim() === '';
  return characters < min || characters > max || isBlank ? { rule: 'text', facts: { min, max } } : undefined;
}

function brokenInteger(value: unknown, min: number, max: number): Broken | undefined {
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
  return fits ? undefined : { rule: 'integer', facts: { min, max } };
}

function isUserName(value: unknown): boolean {
  if (typeof value !== 'string' || !userNamePattern.test(value)) return false;
  if (unseen.test(value) || userIdPattern.test(value)) return false;
  return Array.from(value).length <= userNameMax;
}

function isEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value) && !unseen.test(value);
}

import { idPattern, idPrefixes } from '#ids';
import { emailFault, emailLengthMax, passwordFault, passwordLengthMax, passwordLengthMin } from '#people';
import { hasUnseen, normalized, textFault } from '#platform';
import { field, type Broken, type FieldOptions } from './field.ts';

const safeMax = Number.MAX_SAFE_INTEGER;
const idMax = 64;
const moneyDigitsMax = 15;
/** UTF-16 units per character. */
const unitsPerCharacter = 2;
/** Before composition, a character can have up to four units, such as a letter with three marks. */
const unitsPerComposed = 4;

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
    schema: { type: String, format: 'email', maxLength: emailLengthMax },
    unitsMax: emailLengthMax * unitsPerComposed,
    tooLong: { rule: 'email', facts: {} },
    spell: (value) => (typeof value === 'string' ? normalized('NFC', value) : value),
    check: (value) => {
      const fault = typeof value === 'string' ? emailFault(value) : 'shape';
      if (fault === 'malformed') return { rule: 'wellFormed', facts: {} };
      return fault === undefined ? undefined : { rule: 'email', facts: {} };
    },
  });
}

/** A new password; the length limits are not applied at login. */
export function NewPassword(options: FieldOptions = {}): PropertyDecorator {
  const [min, max] = [passwordLengthMin, passwordLengthMax];
  return field({
    ...options,
    schema: { type: String, format: 'password', minLength: min, maxLength: max },
    unitsMax: max * unitsPerCharacter,
    tooLong: { rule: 'text', facts: { min, max } },
    check: (value) => {
      const fault = typeof value === 'string' ? passwordFault(value) : 'short';
      if (fault === 'malformed') return { rule: 'wellFormed', facts: {} };
      if (fault === 'long') return { rule: 'text', facts: { min, max } };
      return fault === undefined ? undefined : { rule: 'password', facts: { min } };
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
  const fault = typeof value === 'string' ? textFault(value, min, max) : 'short';
  if (fault === 'malformed') return { rule: 'wellFormed', facts: {} };
  return fault === undefined ? undefined : { rule: 'text', facts: { min, max } };
}

function brokenInteger(value: unknown, min: number, max: number): Broken | undefined {
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
  return fits ? undefined : { rule: 'integer', facts: { min, max } };
}

function isUserName(value: unknown): boolean {
  if (typeof value !== 'string' || !userNamePattern.test(value)) return false;
  if (hasUnseen(value) || userIdPattern.test(value)) return false;
  return Array.from(value).length <= userNameMax;
}

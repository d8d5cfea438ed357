import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { field, type Broken, type FieldOptions } from './field.ts';
import { brokenText } from './rules.ts';

const urlMax = 2048;

const nestedKey = 'holdfast:nested';

/** Whether the field is a list or an object of texts. */
export function isNested({ prototype }: { readonly prototype: object }, property: string): boolean {
  return Reflect.hasMetadata(nestedKey, prototype, property);
}

/** A field that is a list or an object of texts. */
export function nestedField(options: Parameters<typeof field>[0]): PropertyDecorator {
  return applyDecorators(Reflect.metadata(nestedKey, true), field(options));
}

/** A URL that a page can show as a picture. */
export function Url(options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'url', facts: { max: urlMax } };
  return field({
    ...options,
    schema: { type: String, format: 'uri', maxLength: urlMax },
    unitsMax: urlMax,
    tooLong: broken,
    check: (value) => (isUrl(value) ? undefined : broken),
  });
}

export function Urls({ countMax, ...options }: FieldOptions & { countMax: number }): PropertyDecorator {
  const broken: Broken = { rule: 'urls', facts: { countMax, max: urlMax } };
  return nestedField({
    ...options,
    schema: { type: 'array', items: { type: 'string', format: 'uri', maxLength: urlMax }, maxItems: countMax },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => (isList(value, countMax) && value.every(isUrl) ? undefined : broken),
  });
}

/** Short texts, such as tags. */
export function Texts({
  countMax,
  max,
  ...options
}: FieldOptions & { countMax: number; max: number }): PropertyDecorator {
  const broken: Broken = { rule: 'texts', facts: { countMax, max } };
  return nestedField({
    ...options,
    schema: { type: 'array', items: { type: 'string', minLength: 1, maxLength: max }, maxItems: countMax },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => (isList(value, countMax) && value.every((text) => isText(text, 1, max)) ? undefined : broken),
  });
}

/** One or more of the choices. */
export function Choices({ choices, ...options }: FieldOptions & { choices: readonly string[] }): PropertyDecorator {
  const broken: Broken = { rule: 'choices', facts: { choices } };
  const isChoice = (value: unknown): boolean => typeof value === 'string' && choices.includes(value);
  return nestedField({
    ...options,
    schema: { type: 'array', items: { type: 'string', enum: [...choices] }, minItems: 1, maxItems: choices.length },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => (isList(value, choices.length) && value.length > 0 && value.every(isChoice) ? undefined : broken),
  });
}

/** Texts by name. */
export function TextMap({
  countMax,
  nameMax,
  max,
  ...options
}: FieldOptions & { countMax: number; nameMax: number; max: number }): PropertyDecorator {
  const broken: Broken = { rule: 'textMap', facts: { countMax, nameMax, max } };
  const isTextMap = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return (
      entries.length <= countMax && entries.every(([name, text]) => isText(name, 1, nameMax) && isText(text, 0, max))
    );
  };
  return nestedField({
    ...options,
    schema: { type: 'object', additionalProperties: { type: 'string', maxLength: max }, maxProperties: countMax },
    unitsMax: 0,
    tooLong: broken,
    check: (value) => (isTextMap(value) ? undefined : broken),
  });
}

export function isList(value: unknown, countMax: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= countMax;
}

function isText(value: unknown, min: number, max: number): boolean {
  // A character has at most two units: longer text is not counted.
  return typeof value === 'string' && value.length <= 2 * max && brokenText(value, min, max) === undefined;
}

function isUrl(value: unknown): boolean {
  if (!isText(value, 1, urlMax)) return false;
  const text = value as string;
  if (/^data:image\/[a-z+.-]+[;,]/.test(text)) return true;
  return /^https?:\/\//i.test(text) && !/[\s"<>\\^`{|}]/.test(text) && URL.canParse(text);
}

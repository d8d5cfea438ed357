import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { field, type Broken, type FieldOptions } from './field.ts';
import { nestedField } from './list-rules.ts';
import { brokenText } from './rules.ts';

const referenceMax = 100;
const countMax = 20;
const nameMax = 40;
const max = 500;
/** Names and texts together: an append of a hundred holds with as much must not be too large. */
const charactersMax = 2000;
/** UTF-16 units per character. */
const unitsPerCharacter = 2;
const stored = 'It is stored permanently; do not include personal data';

/** What clients call something, in their own words. */
export function Reference({
  description = `Your own name for it, such as the number of a cart: lists find it by \`reference\`. ${stored}`,
  ...options
}: FieldOptions = {}): PropertyDecorator {
  return field({
    example: 'cart-2093',
    ...options,
    optional: true,
    description,
    schema: { type: String, minLength: 1, maxLength: referenceMax },
    unitsMax: referenceMax * unitsPerCharacter,
    tooLong: { rule: 'text', facts: { min: 1, max: referenceMax } },
    check: (value) => brokenLine(value, 1, referenceMax),
  });
}

const metadataKey = 'holdfast:metadata';

/** What clients note with something. A fault in a value is reported with its name: `metadata.channel`. */
export function Metadata(): PropertyDecorator {
  return applyDecorators(
    Reflect.metadata(metadataKey, true),
    nestedField({
      optional: true,
      description:
        `Your own texts by name, at most ${countMax} and ${charactersMax.toLocaleString('en')} characters in all, with names ` +
        `of 1 to ${nameMax} characters. Stored and shown as they are. ${stored}`,
      example: { channel: 'app', campaign: 'spring' },
      schema: { type: 'object', additionalProperties: { type: 'string', maxLength: max }, maxProperties: countMax },
      unitsMax: 0,
      tooLong: brokenMap,
      check: brokenMetadata,
    }),
  );
}

/** The values that break a rule, each with its name; none if the field has no metadata, or as a whole it breaks one. */
export function brokenValues(
  { prototype }: { readonly prototype: object },
  property: string,
  content: unknown,
): readonly (readonly [name: string, broken: Broken])[] {
  const isMetadata = Reflect.hasMetadata(metadataKey, prototype, property) && isNamed(content);
  if (!isMetadata) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    const broken = brokenValue(value);
    return broken === undefined ? [] : [[name, broken] as const];
  });
}

const brokenMap: Broken = { rule: 'textMap', facts: { countMax, nameMax, max } };

function brokenMetadata(value: unknown): Broken | undefined {
  if (!isNamed(value)) return brokenMap;
  const texts = Object.entries(value).flat();
  // Values that break a rule are reported by their names.
  const characters = texts.reduce((sum: number, text) => sum + (typeof text === 'string' ? charactersOf(text) : 0), 0);
  return characters > charactersMax ? { rule: 'textMapLength', facts: { max: charactersMax } } : undefined;
}

/** An object of so few entries, with names that can be shown. */
function isNamed(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length <= countMax && names.every((name) => brokenLine(name, 1, nameMax) === undefined);
}

function charactersOf(text: string): number {
  return text.length > max * unitsPerCharacter ? text.length : Array.from(text).length;
}

/** Text of one line: none of its characters is a control character or breaks the line. */
function brokenLine(value: unknown, min: number, lengthMax: number): Broken | undefined {
  const broken = brokenText(value, min, lengthMax);
  return broken ?? (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value as string) ? { rule: 'wellFormed', facts: {} } : undefined);
}

/** Control characters would take six bytes each in JSON, which the limits of an append do not allow for. */
function brokenValue(value: unknown): Broken | undefined {
  const broken = brokenText(value, 0, max);
  return broken ?? (/[^\P{Cc}\t\n\r]/u.test(value as string) ? { rule: 'wellFormed', facts: {} } : undefined);
}

import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { registerDecorator, ValidateIf } from 'class-validator';
import type { RuleFacts, RuleName } from '../messages/messages.ts';

/** A rule that a value broke; the pipe turns it into a sentence in the caller's language. */
export type Broken = { [Rule in RuleName]: { readonly rule: Rule; readonly facts: RuleFacts[Rule] } }[RuleName];

export interface FieldOptions {
  readonly description?: string;
  readonly example?: unknown;
  /** The value when the field is left out; a field with a default is optional. */
  readonly default?: unknown;
  readonly optional?: boolean;
  /** Whether null is a value: it takes away what is there. */
  readonly nullable?: boolean;
}

interface Field extends FieldOptions {
  readonly schema: ApiPropertyOptions;
  /**
   * The length in UTF-16 units beyond which text is rejected unread, and what it is rejected with. To normalise text can
   * cost the square of its length: neither `spell` nor `check` is given any that is longer.
   */
  readonly unitsMax: number;
  readonly tooLong: Broken;
  /** Answers the first rule that the value breaks. */
  readonly check: (value: unknown) => Broken | undefined;
  /** Brings the spellings that are understood to the one that is checked. */
  readonly spell?: (value: unknown) => unknown;
}

/** In the place of text that is too long to be read. */
const unread = Symbol('text that is too long');

/** One decorator says what a field is: to the validator, and to the API's documentation. */
export function field({ schema, unitsMax, tooLong, check, spell, ...rest }: Field): PropertyDecorator {
  const optional = rest.optional === true || rest.default !== undefined;
  const read = (value: unknown): unknown => {
    if (typeof value === 'string' && value.length > unitsMax) return unread;
    return spell?.(value) ?? value;
  };
  const judge = (value: unknown): Broken | undefined => {
    if (value === unread) return tooLong;
    return value === undefined || value === null ? { rule: 'required', facts: {} } : check(value);
  };
  const given = (value: unknown): boolean =>
    !(optional && value === undefined) && !(rest.nullable === true && value === null);
  const constraint: PropertyDecorator = (target, property) =>
    registerDecorator({
      name: 'field',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value) => judge(value) === undefined,
        // The message is a broken rule as JSON: what it says depends on the caller's language.
        defaultMessage: (broken) => JSON.stringify(judge(broken?.value)),
      },
    });
  return applyDecorators(
    constraint,
    ...(optional || rest.nullable === true ? [ValidateIf((_, value) => given(value))] : []),
    Transform(({ value }) => (value === undefined ? rest.default : read(value))),
    documentation(schema, optional, rest),
  );
}

function documentation(schema: ApiPropertyOptions, optional: boolean, options: FieldOptions): PropertyDecorator {
  const { description, example, nullable, default: unlessGiven } = options;
  return ApiProperty({
    ...schema,
    required: !optional,
    ...(nullable === true ? { nullable: true } : {}),
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    ...(unlessGiven === undefined ? {} : { default: unlessGiven }),
  } as ApiPropertyOptions);
}

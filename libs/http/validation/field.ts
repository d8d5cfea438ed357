import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { registerDecorator, ValidateIf } from 'class-validator';
import type { RuleFacts, RuleName } from '../messages/messages.ts';

/** A violated rule; the pipe translates it into the language of the caller. */
export type Broken = { [Rule in RuleName]: { readonly rule: Rule; readonly facts: RuleFacts[Rule] } }[RuleName];

export interface FieldOptions {
  readonly description?: string;
  readonly example?: unknown;
  /** The value if the field is omitted; a field with a default is optional. */
  readonly default?: unknown;
  readonly optional?: boolean;
  /** Whether null is allowed: it removes the current value. */
  readonly nullable?: boolean;
}

interface Field extends FieldOptions {
  readonly schema: ApiPropertyOptions;
  /**
   * The maximum length in UTF-16 units, and the rule that longer text violates. Normalising can be quadratic, so
   * neither `spell` nor `check` receives longer text.
   */
  readonly unitsMax: number;
  readonly tooLong: Broken;
  /** Returns the first rule that the value violates. */
  readonly check: (value: unknown) => Broken | undefined;
  /** Converts accepted spellings to the one that is checked. */
  readonly spell?: (value: unknown) => unknown;
}

/** Replaces text that is too long. */
const unread = Symbol('text that is too long');

/** One decorator per field, for validation and API documentation. */
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
        // The message is the violated rule as JSON; it is translated later.
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

/** Makes a required field optional, where a setting decides; must be called before the service is created. */
export function makeOptional<Dto extends object>(dto: new () => Dto, name: keyof Dto & string): void {
  ValidateIf((_, value) => value !== undefined)(dto.prototype as object, name);
  ApiProperty({ required: false })(dto.prototype as object, name);
}

function documentation(schema: ApiPropertyOptions, optional: boolean, options: FieldOptions): PropertyDecorator {
  const { description, example, nullable, default: unlessGiven } = options;
  return ApiProperty({
    ...(nullable === true ? orNull(schema) : schema),
    required: !optional,
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    ...(unlessGiven === undefined ? {} : { default: unlessGiven }),
  });
}

/** OpenAPI 3.0 has `nullable` only beside a type. */
function orNull(schema: ApiPropertyOptions): object {
  if (!('oneOf' in schema) || schema.oneOf === undefined) return { ...schema, nullable: true };
  const [first, ...others] = schema.oneOf;
  return { ...schema, oneOf: [{ ...first, nullable: true }, ...others] };
}

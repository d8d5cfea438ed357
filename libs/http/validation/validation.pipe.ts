import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { camelCase, snakeCase } from '#platform';
import { currentMessages } from '../messages/languages.ts';
import { problem } from '../errors/problem.ts';
import type { Broken } from './field.ts';
import { NoQuery } from './no-query.ts';

/** What is known of a DTO class: its documented field names, by each spelling that is understood. */
const spellings = new WeakMap<object, ReadonlyMap<string, string>>();

/** Turns a request's body or query string into its DTO, or refuses with a message for each field, in the caller's language. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (metatype === undefined || type === 'custom' || !isDto(metatype)) return value;
    const given = asRecord(value ?? {});
    const documentedNames = new Set(spellingsOf(metatype).values());
    // A field that is named without a value gets its default; one that is not named would not.
    const body: Record<string, unknown> = Object.fromEntries([...documentedNames].map((name) => [name, undefined]));
    const faults: Record<string, string> = {};
    const rules = currentMessages().rules;
    for (const [name, content] of Object.entries(given)) {
      const documented = spellingsOf(metatype).get(name);
      if (documented === undefined) faults[name] = rules.unknown({});
      else body[documented] = content;
    }
    const instance = plainToInstance(metatype, body) as object;
    for (const error of validateSync(instance, { forbidUnknownValues: false }))
      faults[error.property] = this.#sentence(error);
    if (Object.keys(faults).length > 0) throw problem('VALIDATION_FAILED', faults);
    return instance;
  }

  #sentence({ constraints = {} }: ValidationError): string {
    const { rule, facts } = JSON.parse(Object.values(constraints)[0] ?? '') as Broken;
    const sentence = currentMessages().rules[rule] as (facts: unknown) => string;
    return sentence(facts);
  }
}

function isDto(metatype: NonNullable<ArgumentMetadata['metatype']>): boolean {
  return metatype === NoQuery || spellingsOf(metatype).size > 0;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem('BODY_MALFORMED');
  return value as Record<string, unknown>;
}

function spellingsOf(metatype: NonNullable<ArgumentMetadata['metatype']>): ReadonlyMap<string, string> {
  const known = spellings.get(metatype);
  if (known !== undefined) return known;
  const fields = getMetadataStorage()
    .getTargetValidationMetadatas(metatype, '', false, false)
    .map(({ propertyName }) => propertyName);
  const made = new Map(
    fields.flatMap((field) => [snakeCase(field), camelCase(field), field].map((name) => [name, field] as const)),
  );
  spellings.set(metatype, made);
  return made;
}

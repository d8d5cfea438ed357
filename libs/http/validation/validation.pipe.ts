import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { camelCase, snakeCase } from '#platform';
import { currentMessages } from '../messages/languages.ts';
import { problem } from '../errors/problem.ts';
import type { Broken } from './field.ts';
import { NoQuery } from './no-query.ts';
import { repeatedNames } from './repeated-names.ts';

/** A caller who sends thousands learns no more from hearing of all of them, nor of more than the start of a long name. */
const namedMax = 20;
const nameShownMax = 100;

/** What is known of a DTO class: its documented field names, by each spelling that is understood. */
const spellings = new WeakMap<object, ReadonlyMap<string, string>>();

/** Turns a request's body or query string into its DTO, or refuses with a message for each field, in the caller's language. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (metatype === undefined || type === 'custom' || !isDto(metatype)) return value;
    const given = (value ?? {}) as Record<string, unknown>;
    const documentedNames = new Set(spellingsOf(metatype).values());
    // A field that is named without a value gets its default; one that is not named would not.
    const body: Record<string, unknown> = Object.fromEntries([...documentedNames].map((name) => [name, undefined]));
    const unknown: string[] = [];
    const twice = repeatedNames(given).map((name) => spellingsOf(metatype).get(name) ?? name);
    const seen = new Set<string>();
    for (const [name, content] of Object.entries(given)) {
      const documented = spellingsOf(metatype).get(name);
      if (documented === undefined) unknown.push(name);
      else {
        // In both spellings, or as a parameter of a query string that was given a list for it.
        if (seen.has(documented) || (type === 'query' && isList(content))) twice.push(documented);
        seen.add(documented);
        body[documented] = withoutDepth(content);
      }
    }
    const instance = plainToInstance(metatype, body) as object;
    const wrong = validateSync(instance, { forbidUnknownValues: false });
    // A map: as an object's field, `__proto__` would go unseen.
    const faults = new Map([
      ...unknown.slice(0, namedMax).map((name) => [shown(name), currentMessages().rules.unknown({})] as const),
      ...wrong.map((error) => [error.property, this.#sentence(error)] as const),
      ...twice.slice(0, namedMax).map((name) => [shown(name), currentMessages().rules.twice({})] as const),
    ]);
    if (faults.size > 0) throw problem('VALIDATION_FAILED', Object.fromEntries(faults));
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

/** No field is an object or a list: whatever is in one is wrong already, and class-transformer would look into it. */
function withoutDepth(content: unknown): unknown {
  return typeof content === 'object' && content !== null ? {} : content;
}

function isList(content: unknown): boolean {
  return Array.isArray(content) && content.length > 1;
}

function shown(name: string): string {
  return name.length > nameShownMax ? `${name.slice(0, nameShownMax).toWellFormed()}…` : name;
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

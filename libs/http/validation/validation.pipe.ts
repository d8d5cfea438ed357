import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { camelCase, snakeCase } from '#platform';
import { currentMessages } from '../messages/languages.ts';
import { problem } from '../errors/problem.ts';
import type { Broken } from './field.ts';
import { brokenValues } from './label-rules.ts';
import { entriesOf, type ListEntries } from './list-of.ts';
import { isNested } from './list-rules.ts';
import { NoQuery } from './no-query.ts';
import { objectOf } from './object-of.ts';
import { repeatedNames } from './repeated-names.ts';

/** Limits the number of reported fields and the length of their names. */
const namedMax = 20;
const nameShownMax = 100;

/** The documented field names of a DTO class, by each accepted spelling. */
const spellings = new WeakMap<object, ReadonlyMap<string, string>>();

type Metatype = NonNullable<ArgumentMetadata['metatype']>;

/** A DTO as far as it could be made, and the message of each faulty field, by its path. */
export interface Parsed {
  readonly instance: object;
  /** A Map, because `__proto__` as an object field would be lost. */
  readonly faults: ReadonlyMap<string, string>;
}

/** Converts a body or query string to its DTO, or rejects it with a message per field in the language of the caller. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (metatype === undefined || type === 'custom' || !isDto(metatype)) return value;
    const { instance, faults } = parseDto(metatype, (value ?? {}) as Record<string, unknown>, type === 'query');
    if (faults.size > 0) throw problem('VALIDATION_FAILED', Object.fromEntries(faults));
    return instance;
  }
}

export function parseDto(metatype: Metatype, given: Record<string, unknown>, isQuery: boolean): Parsed {
  const documentedNames = new Set(spellingsOf(metatype).values());
  // A missing field gets its default only if it is present as undefined.
  const body: Record<string, unknown> = Object.fromEntries([...documentedNames].map((name) => [name, undefined]));
  const unknown: string[] = [];
  const twice = repeatedNames(given).map((name) => spellingsOf(metatype).get(name) ?? name);
  const seen = new Set<string>();
  const nested: Record<string, unknown> = {};
  const inside: (readonly [path: string, message: string])[] = [];
  for (const [name, content] of Object.entries(given)) {
    const documented = spellingsOf(metatype).get(name);
    if (documented === undefined) unknown.push(name);
    else {
      // Given in both spellings, or as a repeated query parameter.
      if (seen.has(documented) || (isQuery && isList(content))) twice.push(documented);
      seen.add(documented);
      body[documented] = withoutDepth(content);
      if (isNested(metatype, documented)) nested[documented] = content;
      for (const [key, broken] of brokenValues(metatype, documented, content)) {
        inside.push([`${documented}.${key}`, sentenceOf(broken)]);
      }
      const dto = objectOf(metatype, documented);
      if (dto !== undefined && isObject(content)) {
        const parsed = parseDto(dto, content, false);
        nested[documented] = parsed.instance;
        inside.push(...prefixed(documented, parsed));
      } else if (dto !== undefined) nested[documented] = content;
      const entries = entriesOf(metatype, documented);
      if (entries !== undefined && Array.isArray(content)) {
        const list = parseList(entries, content);
        nested[documented] = list.entries;
        inside.push(...list.faults.map(([at, text]) => [`${documented}.${at}`, text] as const));
      }
    }
  }
  // Most requests have no query, and neither library is fast.
  const hasFields = documentedNames.size > 0;
  const instance = (hasFields ? plainToInstance(metatype, body) : new metatype()) as object;
  // Only now, because class-transformer would traverse them.
  Object.assign(instance, nested);
  const wrong = hasFields ? validateSync(instance, { forbidUnknownValues: false }) : [];
  const faults = new Map([
    ...unknown.slice(0, namedMax).map((name) => [shown(name), currentMessages().rules.unknown({})] as const),
    ...inside,
    ...wrong.map((error) => [error.property, sentenceOf(brokenIn(error))] as const),
    ...twice.slice(0, namedMax).map((name) => [shown(name), currentMessages().rules.twice({})] as const),
  ]);
  return { instance, faults };
}

interface ParsedList {
  readonly entries: readonly unknown[];
  readonly faults: readonly (readonly [path: string, message: string])[];
}

/** The entries of a list that is too long are not read; those of another are left to `readEntries`. */
function parseList({ dto, max, unread }: ListEntries, content: readonly unknown[]): ParsedList {
  if (unread || content.length > max) return { entries: content, faults: [] };
  const faults: (readonly [string, string])[] = [];
  const entries = content.map((entry, index) => {
    if (!isObject(entry)) return void faults.push([String(index), currentMessages().rules.object({})]);
    const parsed = parseDto(dto, entry, false);
    faults.push(...prefixed(String(index), parsed));
    return parsed.instance;
  });
  return { entries, faults: faults.slice(0, namedMax) };
}

function prefixed(place: string, { faults }: Parsed): (readonly [path: string, message: string])[] {
  return Array.from(faults, ([path, message]) => [`${place}.${path}`, message] as const);
}

function brokenIn({ constraints = {} }: ValidationError): Broken {
  return JSON.parse(Object.values(constraints)[0] ?? '') as Broken;
}

function sentenceOf({ rule, facts }: Broken): string {
  const sentence = currentMessages().rules[rule] as (facts: unknown) => string;
  return sentence(facts);
}

function isDto(metatype: Metatype): boolean {
  return metatype === NoQuery || spellingsOf(metatype).size > 0;
}

/** Objects and lists are not for class-transformer, which would traverse them. */
function withoutDepth(content: unknown): unknown {
  return typeof content === 'object' && content !== null ? {} : content;
}

function isObject(content: unknown): content is Record<string, unknown> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

function isList(content: unknown): boolean {
  return Array.isArray(content) && content.length > 1;
}

function shown(name: string): string {
  return name.length > nameShownMax ? `${name.slice(0, nameShownMax).toWellFormed()}…` : name;
}

function spellingsOf(metatype: Metatype): ReadonlyMap<string, string> {
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

import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { field, type Broken, type FieldOptions } from './field.ts';

type Dto = new () => object;

/** What the entries of a list are, and how many of them are read. */
export interface ListEntries {
  readonly dto: Dto;
  readonly max: number;
  /** Whether its entries are `UnreadEntry`, read one by one by `readEntries`. */
  readonly unread: boolean;
}

const entriesKey = 'holdfast:list-entries';

/** A list of objects. A fault in an entry is reported with its place: `items.3.quantity`, counted from 0. */
export function ListOf(
  dto: Dto,
  { unread = false, ...options }: FieldOptions & { min: number; max: number; unread?: boolean },
): PropertyDecorator {
  const { min, max } = options;
  const broken: Broken = { rule: 'list', facts: { min, max } };
  return applyDecorators(
    Reflect.metadata(entriesKey, { dto, max, unread } satisfies ListEntries),
    field({
      ...options,
      schema: { type: [dto], minItems: min, maxItems: max },
      unitsMax: 0,
      tooLong: broken,
      check: (value) => (Array.isArray(value) && value.length >= min && value.length <= max ? undefined : broken),
    }),
  );
}

/** Undefined if the field is no list. */
export function entriesOf({ prototype }: { readonly prototype: object }, property: string): ListEntries | undefined {
  return Reflect.getMetadata(entriesKey, prototype, property) as ListEntries | undefined;
}

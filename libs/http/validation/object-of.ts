import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { field, type Broken, type FieldOptions } from './field.ts';

type Dto = new () => object;

const objectKey = 'holdfast:object';

/** An object with fields of its own. A fault in one of them is reported with its path: `shippingInfo.city`. */
export function ObjectOf(dto: Dto, options: FieldOptions = {}): PropertyDecorator {
  const broken: Broken = { rule: 'object', facts: {} };
  return applyDecorators(
    Reflect.metadata(objectKey, dto),
    field({
      ...options,
      schema: { type: dto },
      unitsMax: 0,
      tooLong: broken,
      check: (value) => (typeof value === 'object' && !Array.isArray(value) ? undefined : broken),
    }),
  );
}

/** The class of the object; undefined if the field is no object. */
export function objectOf({ prototype }: { readonly prototype: object }, property: string): Dto | undefined {
  return Reflect.getMetadata(objectKey, prototype, property) as Dto | undefined;
}

import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from './formats.ts';

/**
 * A body to try an operation with: its required fields, and the optional ones that have an example. Without it, a page
 * would show all fields at once, also those that exclude each other.
 */
export function bodyExample(document: OpenAPIObject, schema: Schema): unknown {
  const found = '$ref' in schema ? document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] : schema;
  if (found === undefined || '$ref' in found) return undefined;
  if (found.example !== undefined) return found.example;
  if (found.enum !== undefined) return found.enum[0];
  if (found.type === 'array') return found.items === undefined ? [] : [bodyExample(document, found.items)];
  if (found.properties === undefined) return found.default;
  const shown = Object.entries(found.properties).filter(
    ([name, property]) => found.required?.includes(name) === true || 'example' in property,
  );
  return Object.fromEntries(shown.map(([name, property]) => [name, bodyExample(document, property)]));
}

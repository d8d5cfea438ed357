import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<OpenAPIObject['components']>;
export type Schema = NonNullable<Components['schemas']>[string];
type ParameterSchema = Schema | undefined;

/** All numbers are whole unless they have a format, all that are named as times are times, and a choice that may be null lists it. */
export function addFormats({ schemas = {} }: Components): void {
  for (const schema of Object.values(schemas)) {
    if (!('properties' in schema)) continue;
    for (const [name, property] of Object.entries(schema.properties ?? {})) addFormat(name, property);
  }
}

function addFormat(name: string, property: Schema): void {
  if (!('type' in property)) return;
  // OpenAPI 3.0 wants both.
  if (property.nullable === true && property.enum?.includes(null) === false) property.enum = [...property.enum, null];
  if (property.format !== undefined) return;
  if (property.type === 'number') property.type = 'integer';
  if (property.type === 'string' && /^at$|At$|_at$/.test(name)) property.format = 'date-time';
}

/** In a URL, a number is text: of the schemas of an id, the one of text covers both. */
export function asText(schema: ParameterSchema): ParameterSchema {
  if (schema === undefined || !('oneOf' in schema)) return schema;
  const text = schema.oneOf?.find((one) => 'type' in one && one.type === 'string');
  if (text === undefined) return schema;
  return { ...text, ...(schema.example === undefined ? {} : { example: String(schema.example) }) };
}

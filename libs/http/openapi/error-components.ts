import type { OpenAPIObject } from '@nestjs/swagger';
import { statusOf, type ErrorCode } from '../errors/codes.ts';
import { Fact } from '../errors/guide.ts';
import { exampleFact, exampleOf, explanations } from './error-examples.ts';

type Components = NonNullable<OpenAPIObject['components']>;
type Schema = Exclude<NonNullable<Components['schemas']>[string], { $ref: string }>;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Response = Exclude<Operation['responses'][string], { $ref: string }>;

const jsonType = 'application/json';
const problemType = 'application/problem+json';
const problemName = 'ProblemDetails';

/** The response for a status with these codes: a schema and an example for each code. */
export function errorResponse(codes: readonly string[]): Response {
  const refs = codes.map((code) => ({ $ref: `#/components/schemas/${schemaName(code)}` }));
  const mapping = Object.fromEntries(codes.map((code, index) => [code, refs[index]?.$ref ?? '']));
  const [only] = refs;
  const schema =
    refs.length === 1 && only !== undefined ? only : { oneOf: refs, discriminator: { propertyName: 'code', mapping } };
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: codes.join(', '),
    content: {
      [jsonType]: { schema, examples },
      [problemType]: { schema: { $ref: `#/components/schemas/${problemName}` } },
    },
  };
}

/** What the responses with these codes refer to. */
export function addErrorComponents(components: Components, codes: ReadonlySet<ErrorCode>): void {
  const sorted = [...codes].toSorted();
  components.schemas = {
    ...components.schemas,
    ...Object.fromEntries(sorted.map((code) => [schemaName(code), schemaOf(code)])),
    [problemName]: problemSchema,
  };
  components.examples = Object.fromEntries(
    sorted.map((code) => [code, { summary: explanations[code].meaning, value: exampleOf(code) }]),
  );
}

const common = {
  statusMessage: { type: 'string', description: 'Message in the language of Accept-Language' },
  requestId: { type: 'string', description: 'Id of the request in the logs' },
} satisfies Record<string, Schema>;

const problemSchema: Schema = {
  type: 'object',
  description: 'An error as RFC 9457 has it: the same fields as in JSON, and those of the RFC',
  required: ['type', 'title', 'status', 'detail', 'instance', 'statusCode', 'statusMessage', 'code', 'requestId'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'What the code means, on a page of the service: the same on every host',
      example: '/docs/errors#INSUFFICIENT_STOCK',
    },
    title: { type: 'string', description: 'The code in words', example: 'Insufficient stock' },
    status: { type: 'integer', example: 400 },
    detail: { type: 'string', description: 'The same as `statusMessage`' },
    instance: {
      type: 'string',
      format: 'uri-reference',
      description: 'The path that was asked for; `requestId` tells one request from another',
      example: '/api/v1/items/prod_001/purchase',
    },
    statusCode: { type: 'integer', example: 400 },
    ...common,
    code: { type: 'string', description: 'Error code, for programs', example: 'INSUFFICIENT_STOCK' },
    data: { type: 'object', nullable: true, additionalProperties: true, description: 'Details of the error' },
  },
};

function schemaOf(code: ErrorCode): Schema {
  const { meaning, action } = explanations[code];
  return {
    type: 'object',
    description: `${meaning} ${action}`,
    required: ['statusCode', 'statusMessage', 'code', 'data', 'requestId'],
    properties: {
      statusCode: { type: 'integer', enum: [statusOf[code]] },
      ...common,
      code: { type: 'string', enum: [code] },
      data: dataSchema(code),
    },
  };
}

function dataSchema(code: ErrorCode): Schema {
  const { data } = explanations[code];
  if (code === 'VALIDATION_FAILED') return { type: 'object', additionalProperties: { type: 'string' } };
  if (data === null) return { type: 'object', nullable: true, enum: [null] };
  const facts = Object.entries(data);
  const required = facts.filter(([, fact]) => !(fact instanceof Fact && fact.extent.optional)).map(([name]) => name);
  return {
    type: 'object',
    ...(required.length === 0 ? { nullable: true } : { required }),
    properties: Object.fromEntries(facts.map(([name, fact]) => [name, factSchema(name, fact)])),
  };
}

function factSchema(name: string, fact: string | number | Fact): Schema {
  const nullable = fact instanceof Fact && fact.extent.nullable === true ? { nullable: true } : {};
  if (typeof exampleFact(fact) === 'number') return { type: 'integer', ...nullable };
  return { type: 'string', ...(name.endsWith('At') ? { format: 'date-time' } : {}), ...nullable };
}

/** INSUFFICIENT_STOCK → InsufficientStockError. */
function schemaName(code: string): string {
  const words = code.split('_').map((word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`);
  return `${words.join('')}Error`;
}

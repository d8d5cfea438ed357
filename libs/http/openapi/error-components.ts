import type { OpenAPIObject } from '@nestjs/swagger';
import { statusOf, type ErrorCode } from '../errors/codes.ts';
import { Fact, guide, type Explanation } from '../errors/guide.ts';
import { en } from '../messages/en.ts';

type Components = NonNullable<OpenAPIObject['components']>;
type Schema = Exclude<NonNullable<Components['schemas']>[string], { $ref: string }>;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Response = Exclude<Operation['responses'][string], { $ref: string }>;

const explanations: Readonly<Record<ErrorCode, Explanation>> = guide;
const jsonType = 'application/json';
const problemType = 'application/problem+json';
const problemName = 'ProblemDetails';
const requestId = '1f0c2b7e-8d5a-4a53-9f0e-6f2f6f1f7c11';

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
  components.examples = Object.fromEntries(sorted.map((code) => [code, exampleOf(code)]));
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
      description: 'The page about the code',
      example: '/docs/errors#INSUFFICIENT_STOCK',
    },
    title: { type: 'string', description: 'The code in words', example: 'Insufficient stock' },
    status: { type: 'integer', example: 400 },
    detail: { type: 'string', description: 'The same as `statusMessage`' },
    instance: { type: 'string', format: 'uri-reference', description: 'The id of the request, as a URN' },
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

function exampleOf(code: ErrorCode) {
  const { meaning, data } = explanations[code];
  const facts = data === null ? null : exampleData(data);
  const sentence = en.errors[code] as (given: unknown) => string;
  const value = { statusCode: statusOf[code], statusMessage: sentence(facts ?? {}), code, data: facts, requestId };
  return { summary: meaning, value };
}

/** Without the facts that only some answers have; null if those are all. */
function exampleData(data: NonNullable<Explanation['data']>): Record<string, unknown> | null {
  const always = Object.entries(data).filter(([, fact]) => !(fact instanceof Fact && fact.extent.optional));
  if (always.length === 0) return null;
  return Object.fromEntries(always.map(([name, fact]) => [name, exampleFact(fact)]));
}

function exampleFact(fact: string | number | Fact): unknown {
  return fact instanceof Fact ? fact.example : fact;
}

/** INSUFFICIENT_STOCK → InsufficientStockError. */
function schemaName(code: string): string {
  const words = code.split('_').map((word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`);
  return `${words.join('')}Error`;
}

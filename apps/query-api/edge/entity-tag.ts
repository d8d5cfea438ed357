import { hash } from 'node:crypto';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Documents the header. */
export const etagHeader = {
  ETag: {
    description: 'Identifies the content; send it as If-None-Match to get 304 if it is unchanged',
    schema: { type: 'string' },
  },
} as const;

interface TaggedRoute {
  readonly hasEntityTag?: true;
}

/** Names each answer by its content, and answers 304 to a client that has it already. */
export const EntityTag = (): MethodDecorator => RouteConfig({ hasEntityTag: true } satisfies TaggedRoute);

export function isTagged({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as TaggedRoute).hasEntityTag === true;
}

interface Tagged {
  readonly body: string;
  readonly tag: string;
}

// Callers who are answered by one read share its answer: it is written out once.
const written = new WeakMap<object, Tagged>();

/** The body of the answer; undefined for a client that has it already. */
export function answerTagged(
  answer: object,
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
): string | undefined {
  const { body, tag } = write(answer);
  void reply.header('etag', tag);
  // An answer to a token is its owner's, whatever it shows.
  if (headers.authorization === undefined) void reply.header('cache-control', 'no-cache');
  if (has(headers['if-none-match'], tag)) {
    void reply.status(304);
    return undefined;
  }
  void reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}

function write(answer: object): Tagged {
  const known = written.get(answer);
  if (known !== undefined) return known;
  const body = JSON.stringify(answer);
  const made = { body, tag: `"${hash('sha1', body, 'base64url')}"` };
  written.set(answer, made);
  return made;
}

/** A proxy that compresses makes a tag weak; it still names the same content. */
function has(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}

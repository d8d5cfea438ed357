import { createHash } from 'node:crypto';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { isRejected } from '#domain';

/** Documents the header. */
export const etagHeader = {
  ETag: {
    description: 'Identifies the content; send it as If-None-Match to get 304 if it is unchanged',
    schema: { type: 'string' },
  },
} as const;

interface Tagged {
  readonly body: string;
  readonly tag: string;
}

/** Names each answer by its content, and answers 304 to a client that has it already. */
export class EntityTag implements NestInterceptor {
  // Callers who are answered by one read share its answer: it is written out once.
  readonly #written = new WeakMap<object, Tagged>();

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => {
        // It becomes a problem further out.
        if (isRejected(answer)) return answer;
        const { body, tag } = this.#write(answer);
        void reply.header('etag', tag);
        // An answer to a token is its owner's, whatever it shows.
        if (request.headers.authorization === undefined) void reply.header('cache-control', 'no-cache');
        if (has(request.headers['if-none-match'], tag)) {
          void reply.status(304);
          return undefined;
        }
        void reply.header('content-type', 'application/json; charset=utf-8');
        return body;
      }),
    );
  }

  #write(answer: object): Tagged {
    const written = this.#written.get(answer);
    if (written !== undefined) return written;
    const body = JSON.stringify(answer);
    const made = { body, tag: `"${createHash('sha1').update(body).digest('base64url')}"` };
    this.#written.set(answer, made);
    return made;
  }
}

/** A proxy that compresses makes a tag weak; it still names the same content. */
function has(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}

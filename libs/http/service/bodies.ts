import type { FastifyInstance } from 'fastify';
import { problem } from '../errors/problem.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** An empty body is `{}` whatever its content type; JSON elsewhere, and a form only on the routes that take one. */
export function parseBodies(fastify: FastifyInstance, formRoutes: readonly string[]): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done: Done) => {
    if (body === '') done(null, {});
    else void parseJson(request, body as string, done);
  });
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done: Done) => {
      if (body === '') done(null, {});
      else if (!formRoutes.includes(request.routeOptions.url ?? '')) done(problem('CONTENT_TYPE_UNSUPPORTED'));
      else done(null, Object.fromEntries(new URLSearchParams(body as string)));
    },
  );
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done: Done) => {
    if (body === '') done(null, {});
    else done(problem('CONTENT_TYPE_UNSUPPORTED'));
  });
}

const prefix = /^\/api(?:\/v1)?(?=[/?]|$)/;

/** `/api/v1/x`, `/api/x` and `/x` mean the same. */
export function withoutPrefix(url: string): string {
  const rest = url.replace(prefix, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

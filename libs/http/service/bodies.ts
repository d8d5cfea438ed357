import type { FastifyInstance } from 'fastify';
import { problem, Problem } from '../errors/problem.ts';
import { keepRepeated } from '../validation/repeated-names.ts';
import { readForm } from './form-body.ts';
import { faultOf, repeatedInJson } from './json-body.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** An empty body is `{}` regardless of its content type. Otherwise JSON, and forms only on routes that accept them. */
export function parseBodies(fastify: FastifyInstance, formRoutes: readonly string[]): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done: Done) => {
    if (body === '') done(null, {});
    else void parseJson(request, body as string, (error, parsed) => checkJson(body as string, error, parsed, done));
  });
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done: Done) => {
      if (body === '') done(null, {});
      else if (!formRoutes.includes(request.routeOptions.url ?? '')) done(problem('CONTENT_TYPE_UNSUPPORTED'));
      else takeForm(body as string, done);
    },
  );
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done: Done) => {
    if (body === '') done(null, {});
    else done(problem('CONTENT_TYPE_UNSUPPORTED'));
  });
}

function checkJson(text: string, error: Error | null, parsed: unknown, done: Done): void {
  const fault = error ?? faultOf(parsed);
  if (fault !== undefined) return done(fault);
  keepRepeated(parsed as object, repeatedInJson(text));
  done(null, parsed);
}

function takeForm(text: string, done: Done): void {
  const form = readForm(text);
  if (form instanceof Problem) return done(form);
  keepRepeated(form.body, form.repeated);
  done(null, form.body);
}

/** Aliases: requests with one method and path are served as another. */
export interface Alias {
  readonly method: string;
  readonly path: string;
  readonly servedAs: { readonly method: string; readonly path: string };
}

/**
 * Rewrites a request that has an alias before routing. A GET served as a POST thus has a body, while all other GETs
 * have none.
 */
export function resolveAlias(request: { method?: string | undefined }, url: string, aliases: readonly Alias[]): string {
  const [path = '', ...query] = url.split('?');
  const bare = path.length > 1 ? path.replace(/\/$/, '') : path;
  const alias = aliases.find((one) => one.method === request.method && one.path === bare);
  if (alias === undefined) return url;
  request.method = alias.servedAs.method;
  return [alias.servedAs.path, ...query].join('?');
}

const prefix = /^\/api(?:\/v1)?(?=[/?]|$)/;

/** `/api/v1/x`, `/api/x` and `/x` mean the same. */
export function withoutPrefix(url: string): string {
  const rest = url.replace(prefix, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

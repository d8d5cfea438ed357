import type { FastifyInstance } from 'fastify';
import { problem } from '../errors/problem.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** What comes after may go down into a body by recursion: into this much, and no more. Its message names the number. */
const levelsMax = 32;

/** An empty body is `{}` whatever its content type; JSON elsewhere, and a form only on the routes that take one. */
export function parseBodies(fastify: FastifyInstance, formRoutes: readonly string[]): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done: Done) => {
    if (body === '') done(null, {});
    else void parseJson(request, body as string, (error, parsed) => done(error ?? faultOf(parsed), parsed));
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

function faultOf(body: unknown): Error | null {
  const fits = isNested(body) && !Array.isArray(body) && !isDeeperThan(levelsMax, body);
  return fits ? null : problem('BODY_MALFORMED');
}

/** Level by level rather than by recursion, which the body could exhaust. */
function isDeeperThan(max: number, body: object): boolean {
  let level = [body];
  for (let depth = 0; depth < max && level.length > 0; depth++) {
    level = level.flatMap((nested) => Object.values(nested).filter(isNested));
  }
  return level.length > 0;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What a request that arrives as the one method and path is served as. */
export interface Alias {
  readonly method: string;
  readonly path: string;
  readonly servedAs: { readonly method: string; readonly path: string };
}

/**
 * Renames a request that has an alias, before anything is made of it. A GET that is served as a POST has a body thereby,
 * while all other GETs go on having none.
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

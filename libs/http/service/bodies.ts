import type { FastifyInstance } from 'fastify';
import { problem, Problem } from '../errors/problem.ts';
import { keepRepeated } from '../validation/repeated-names.ts';
import { readForm } from './form-body.ts';
import { faultOf, repeatedInJson } from './json-body.ts';
import { splitBody, withEntries, type LongBody } from './long-body.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** An empty body is `{}` regardless of its content type. Otherwise JSON, and forms only on routes that accept them. */
export function parseBodies(
  fastify: FastifyInstance,
  formRoutes: readonly string[],
  longBodies: readonly LongBody[],
  bytesMax: number,
): void {
  const longBodyOf = (path: string | undefined) => longBodies.find((long) => long.path === path);
  fastify.addHook('onRoute', (route) => {
    const long = longBodyOf(route.url);
    if (long !== undefined) route.bodyLimit = long.bytesMax;
  });
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done: Done) => {
    const long = longBodyOf(request.routeOptions.url);
    const parse = (text: string, parsed: Done): void => void parseJson(request, text, parsed);
    if (body === '') done(null, {});
    else if (long === undefined)
      parse(body as string, (error, parsed) => checkJson(body as string, error, parsed, done));
    else takeLong(body as string, long, bytesMax, parse, done);
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

/** Only the entries of its list are left to be checked. */
function takeLong(
  text: string,
  long: LongBody,
  bytesMax: number,
  parse: (text: string, parsed: Done) => void,
  done: Done,
): void {
  const parseNow = (json: string): unknown => {
    let outcome: { readonly error: Error | null; readonly parsed: unknown } | undefined;
    parse(json, (error, parsed) => (outcome = { error, parsed }));
    if (outcome === undefined) throw new Error('JSON is parsed at once');
    if (outcome.error !== null) throw outcome.error;
    return outcome.parsed;
  };
  const split = splitBody(text, long);
  if (split === undefined) return done(problem('BODY_MALFORMED'));
  if (split.rest.length > bytesMax) return done(problem('BODY_TOO_LARGE', { bytesMax }));
  parse(split.rest, (error, parsed) => {
    const fault = error ?? faultOf(parsed);
    if (fault !== undefined) return done(fault);
    const body = withEntries(parsed as Record<string, unknown>, split.entries, long, parseNow);
    keepRepeated(body, repeatedInJson(split.rest));
    done(null, body);
  });
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

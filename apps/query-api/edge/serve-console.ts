import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the build puts it; this module itself is in a file of any name once it is built. */
const built = join(dirname(findPackageJSON('..', import.meta.url) ?? '.'), 'dist/console');

/** The page may run its own script and ask its own origin; pictures of products may come from anywhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Serves the console as static files. Its places are fragments of one address, so there is one page. */
export async function serveConsole(fastify: FastifyInstance): Promise<void> {
  // Before it is built there is none.
  if (!existsSync(join(built, 'assets'))) return;
  await fastify.register(fastifyStatic, {
    root: built,
    prefix: '/console/',
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The names of assets change with their content.
      const isAsset = path.startsWith(join(built, 'assets'));
      void reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (/\.html(\.br|\.gz)?$/.test(path)) void reply.header('content-security-policy', policy);
    },
  });
  fastify.get('/console', (_request, reply) => reply.redirect('/console/'));
}

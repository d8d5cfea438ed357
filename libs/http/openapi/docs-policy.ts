import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

// Swagger UI creates this element for its logo.
const logoStyle = '.logo_small_svg__cls-2{fill:#fff}.logo_small_svg__cls-3{fill:#85ea2d}';

/** Documentation pages may run only their own script and files of the service. */
export function restrictDocs(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    if (isPage && request.url.startsWith('/docs')) {
      void reply.header('content-security-policy', policyFor(typeof payload === 'string' ? payload : ''));
    }
    done(null, payload);
  });
}

function policyFor(page: string): string {
  const scripts = hashesOf(page, /<script>([^]*?)<\/script>/g);
  const styles = hashesOf(page, /<style>([^]*?)<\/style>| style="([^"]*)"/g);
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    // unsafe-hashes, because some hashes are of attributes.
    ["style-src 'self' 'unsafe-hashes'", hashOf(logoStyle), ...styles].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashesOf(page: string, inline: RegExp): string[] {
  const texts = new Set([...page.matchAll(inline)].map(([, element, attribute]) => element ?? attribute ?? ''));
  return [...texts].map(hashOf);
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

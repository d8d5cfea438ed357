import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';

// Swagger UI makes this element for its logo.
const logoStyle = '.logo_small_svg__cls-2{fill:#fff}.logo_small_svg__cls-3{fill:#85ea2d}';
const root = resolve(import.meta.dirname, '../../..');

export function isDocs(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && /^\/docs\/?$/.test(path);
}

/** The page with the documentation of both services. It may run only its own script and files of the services. */
export function sendDocs(method: string, response: ServerResponse): void {
  const page = readFileSync(join(root, 'deploy/gateway/docs.html'), 'utf8');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(page),
    'content-security-policy': policyOf(page),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  response.end(method === 'HEAD' ? undefined : page);
}

export function isOpenApi(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && path === '/openapi.json';
}

/** The document of both services in one. */
export function sendOpenApi(method: string, response: ServerResponse): void {
  const document = readFileSync(join(root, 'docs/openapi.json'));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': document.length,
    'cache-control': 'no-cache',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  response.end(method === 'HEAD' ? undefined : document);
}

function policyOf(page: string): string {
  const [, script = ''] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
  return [
    "default-src 'none'",
    `script-src 'self' ${hashOf(script)}`,
    `style-src 'self' ${hashOf(logoStyle)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

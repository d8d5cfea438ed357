import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { resolve } from 'node:path';

// Swagger UI makes this element for its logo.
const logoStyle = '.logo_small_svg__cls-2{fill:#fff}.logo_small_svg__cls-3{fill:#85ea2d}';
const file = resolve(import.meta.dirname, '../../../deploy/gateway/docs.html');

export function isDocs(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && /^\/docs\/?$/.test(path);
}

/** The page with the documentation of both services. It may run only its own script and files of the services. */
export function sendDocs(method: string, response: ServerResponse): void {
  const page = readFileSync(file, 'utf8');
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

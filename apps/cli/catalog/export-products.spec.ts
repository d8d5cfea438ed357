import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { Api } from './api.ts';
import { exportProducts } from './export-products.ts';
import { readProducts, type Format } from './read-products.ts';

const products = Array.from({ length: 230 }, (_, n) => ({
  id: `prod-${n}`,
  number: n + 1,
  name: `燈 "${n}", large`,
  price: n,
  originalPrice: null,
  description: 'two\nlines',
  tags: n % 2 === 0 ? ['a|b', 'c'] : [],
  stock: 5,
}));

/** Pages as query-api has them: without specifications. */
function answerTo({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const [, id] = /^\/api\/v1\/products\/(.+)$/.exec(pathname) ?? [];
  const one = products.find((product) => product.id === id);
  const start = Number(searchParams.get('cursor') ?? 0);
  const end = start + Number(searchParams.get('limit'));
  const nextCursor = end < products.length ? String(end) : null;
  const page = { products: products.slice(start, end), total: products.length, nextCursor };
  response.end(JSON.stringify(one === undefined ? page : { ...one, specifications: { 重量: '250g' } }));
}

async function exported(answer: typeof answerTo, format: Format): Promise<{ count: number; text: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let text = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  try {
    const api = new Api({ url, access: undefined, retryMs: 5000 });
    const count = await exportProducts({ api, out, format, withDiscontinued: false, onProgress: () => undefined });
    return { count, text };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('an export of products', () => {
  it.each(['csv', 'ndjson'] as const)('has all pages, as import reads them: %s', async (format) => {
    const { count, text } = await exported(answerTo, format);
    expect(count).toBe(products.length);
    const names: unknown[] = [];
    for await (const line of readProducts(bytesOf(text), format))
      names.push('product' in line ? [line.product['id'], line.product['name'], line.product['tags'] ?? []] : line);
    expect(names).toEqual(products.map(({ id, name, tags }) => [id, name, tags]));
    expect(text).toContain('重量');
    expect(text).not.toContain('stock');
  });

  it('waits for a server that is busy, and repeats what was lost', async () => {
    let asked = 0;
    const { count } = await exported((request, response) => {
      asked += 1;
      if (asked === 2) response.socket?.destroy();
      else if (asked % 50 === 0) response.writeHead(503, { 'retry-after': '0' }).end('{}');
      else answerTo(request, response);
    }, 'ndjson');
    expect(count).toBe(products.length);
  });

  it('ends with what the server rejects', async () => {
    const answer: typeof answerTo = (_, response) => {
      response.writeHead(403).end('{"statusMessage":"Not allowed","code":"FORBIDDEN","data":null}');
    };
    await expect(exported(answer, 'csv')).rejects.toThrow('answered 403: Not allowed');
  });
});

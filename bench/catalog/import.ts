import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#dev/servers';
import { eachOf } from '../harness/each-of.ts';
import type { BenchServers } from '../harness/servers.ts';
import { Shop } from '../http/shop.ts';
import { startService } from '../projections/service.ts';

export interface ImportMeasured {
  readonly title: string;
  readonly products: number;
  readonly perSecond: number;
}

const cli = join(import.meta.dirname, '../../dist/apps/cli/main.js');
const secrets = {
  HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
  HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
};
const timeoutMs = 600_000;

/**
 * Products per second from a file to the event store: `holdfast catalog import`, command-api and PostgreSQL, each a
 * process, beside requests for single products. The start of the CLI is counted in.
 */
export async function measureImport(servers: BenchServers, products: number): Promise<readonly ImportMeasured[]> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-bench-import-'));
  const place = await servers.withDatabase();
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: place.postgres,
    EVENTSTORE_URL: place.postgres,
    REDIS_URL: place.redis,
    HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
    ...secrets,
  };
  await run(process.execPath, [cli, 'migrate'], { env });
  const service = await startService('command-api', 'dist/apps/command-api/main.js', directory, env, undefined);
  try {
    const { url, token } = await Shop.open(service.url, env);
    const file = join(directory, 'products.csv');
    const importing = async (title: string, count: number, stock: number | ''): Promise<ImportMeasured> => {
      await writeFile(file, csvOf(count, stock));
      return timed(title, count, async () => {
        const args = ['catalog', 'import', file, '--url', url];
        await run(process.execPath, [cli, ...args], { env: { ...env, HOLDFAST_TOKEN: token }, timeoutMs });
      });
    };
    const singly = Math.min(products, 2000);
    const post = async (n: number): Promise<void> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = JSON.stringify({ ...productOf(n), id: `single-${n}`, sku: `SINGLE-${n}` });
      const answer = await fetch(`${url}/products`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(await answer.text());
      await answer.arrayBuffer();
    };
    return [
      await timed('single requests, 256 at once, without stock', singly, () =>
        eachOf([...Array.from({ length: singly }).keys()], post),
      ),
      await importing('an import without stock', products, ''),
      await importing('the same again: nothing changes', products, ''),
      await importing('the same with stock', products, 7),
      await importing('the same with stock again: nothing changes', products, 7),
    ];
  } finally {
    await service.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function timed(title: string, products: number, work: () => Promise<void>): Promise<ImportMeasured> {
  const began = performance.now();
  await work();
  return { title, products, perSecond: Math.round(products / ((performance.now() - began) / 1000)) };
}

function productOf(n: number) {
  return {
    id: `product-${n}`,
    name: `無線藍牙耳機 ${n}`,
    price: 1000 + n,
    sku: `SKU-${n}`,
    description: '高音質無線藍牙耳機，支援主動降噪。'.repeat(5),
    tags: ['熱銷', '新品'],
  };
}

function csvOf(count: number, stock: number | ''): string {
  const rows = Array.from({ length: count }, (_, n) => {
    const { id, name, price, sku, description, tags } = productOf(n);
    return [id, name, price, sku, description, tags.join('|'), stock].join(',');
  });
  return `id,name,price,sku,description,tags,stock\n${rows.join('\n')}\n`;
}

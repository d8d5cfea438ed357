import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../dev/local/build.ts';
import { measureImport } from './catalog/import.ts';
import { BenchServers } from './harness/servers.ts';

const root = join(import.meta.dirname, '..');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

const { values } = parseArgs({ options: { products: { type: 'string', default: '10000' } } });
await buildIfChanged({ root, signal: new AbortController().signal }, say);
say('Starting PostgreSQL and Redis …');
const servers = await BenchServers.start();
try {
  for (const { title, products, perSecond } of await measureImport(servers, Number(values.products)))
    console.log(`${title}: ${perSecond} products/s (${products} products)`);
} finally {
  await servers.stop();
}

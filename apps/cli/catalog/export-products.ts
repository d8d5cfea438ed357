import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import type { Api } from './api.ts';
import { cellsOf, exportedColumns, type Product } from './columns.ts';
import type { Format } from './read-products.ts';

interface Page {
  readonly products: readonly (Product & { readonly id: string })[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export interface ExportOptions {
  readonly api: Api;
  readonly out: Writable;
  readonly format: Format;
  readonly withDiscontinued: boolean;
  readonly onProgress: (products: number, total: number) => void;
}

const pageProducts = 100;
const detailsAtOnceMax = 8;

/** Writes the products page by page; returns how many there were. */
export async function exportProducts({
  api,
  out,
  format,
  withDiscontinued,
  onProgress,
}: ExportOptions): Promise<number> {
  let count = 0;
  if (format === 'csv') await write(out, stringify([[...exportedColumns]]));
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ limit: String(pageProducts) });
    if (withDiscontinued) query.set('include', 'discontinued');
    if (cursor !== '') query.set('cursor', cursor);
    const page = (await api.ask({ method: 'GET', path: `/products?${query.toString()}` })) as Page;
    const products = await withDetails(
      page.products.map(({ id }) => id),
      api,
      withDiscontinued,
    );
    if (products.length > 0)
      await write(out, format === 'csv' ? stringify(products.map(cellsOf)) : products.map(lineOf).join(''));
    count += products.length;
    onProgress(count, page.total);
    cursor = page.nextCursor ?? null;
  }
  return count;
}

/** Lists are without specifications. */
async function withDetails(ids: readonly string[], api: Api, withDiscontinued: boolean): Promise<readonly Product[]> {
  const products: Product[] = [];
  const waiting = ids.entries();
  const include = withDiscontinued ? '?include=discontinued' : '';
  const readEach = async (): Promise<void> => {
    for (const [index, id] of waiting)
      products[index] = (await api.ask({ method: 'GET', path: `/products/${id}${include}` })) as Product;
  };
  await Promise.all(Array.from({ length: detailsAtOnceMax }, readEach));
  return products;
}

function lineOf(product: Product): string {
  const exported = exportedColumns.map((column) => [column, product[column]] as const);
  return `${JSON.stringify(Object.fromEntries(exported.filter(([, value]) => value !== undefined)))}\n`;
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

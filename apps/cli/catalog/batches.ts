import { hash } from 'node:crypto';
import type { FileLine } from './read-products.ts';

/** Products for one request. */
export interface Batch {
  readonly lines: readonly number[];
  /** The products as JSON, separated by commas. */
  readonly json: string;
  /** Lines without a product, which are not sent. */
  readonly faults: readonly { readonly line: number; readonly fault: string }[];
}

const productsMax = 500;
/** A request may have 4 MiB. A product that is too large is sent alone, and the server says so. */
const charactersMax = 1024 * 1024;

export async function* batchesOf(lines: AsyncIterable<FileLine>): AsyncGenerator<Batch> {
  let next = new NextBatch();
  for await (const one of lines) {
    const json = 'product' in one ? JSON.stringify(one.product) : '';
    if (next.isFullBefore(json)) {
      yield next.batch();
      next = new NextBatch();
    }
    next.add(one, json);
  }
  if (next.count > 0) yield next.batch();
}

class NextBatch {
  readonly #lines: number[] = [];
  readonly #products: string[] = [];
  readonly #faults: { readonly line: number; readonly fault: string }[] = [];
  #characters = 0;

  get count(): number {
    return this.#products.length + this.#faults.length;
  }

  isFullBefore(json: string): boolean {
    return this.count >= productsMax || (this.#characters > 0 && this.#characters + json.length > charactersMax);
  }

  add(one: FileLine, json: string): void {
    if ('fault' in one) this.#faults.push(one);
    else {
      this.#lines.push(one.line);
      this.#products.push(json);
      this.#characters += json.length;
    }
  }

  batch(): Batch {
    return { lines: this.#lines, json: this.#products.join(','), faults: this.#faults };
  }
}

/** Identifies all batches up to this one, given that of those before. */
export function hashOf(before: string, { lines, json, faults }: Batch): string {
  return hash('sha256', JSON.stringify([before, lines, json, faults]), 'base64url');
}

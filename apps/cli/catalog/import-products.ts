import { hash } from 'node:crypto';
import { CommandFailed } from '../output.ts';
import type { Api } from './api.ts';
import { batchesOf, hashOf, type Batch } from './batches.ts';
import type { ImportState, ImportStateFile } from './import-state.ts';
import type { FileLine } from './read-products.ts';

export interface ImportOptions {
  readonly lines: AsyncIterable<FileLine>;
  readonly api: Api;
  readonly state: ImportStateFile;
  readonly isDryRun: boolean;
  readonly isResumed: boolean;
  /** Called for each line that failed. */
  readonly onFailed: (line: number, why: string) => void;
  readonly onProgress: (products: number) => void;
}

export interface Imported {
  created: number;
  changed: number;
  unchanged: number;
  failed: number;
}

interface Result {
  readonly status: number;
  readonly code?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const unfinished = 503;

/** One batch after another, so that of two lines about one product the later one counts. */
export async function importProducts(options: ImportOptions): Promise<Imported> {
  const { state: file, isDryRun, isResumed, onProgress } = options;
  let state = isResumed ? await file.resume() : file.begin();
  const imported = { created: 0, changed: 0, unchanged: 0, failed: state.failed };
  let [number, hashed, products] = [0, '', 0];
  if (!isDryRun && !isResumed) await file.keep(state);
  for await (const batch of batchesOf(options.lines)) {
    number += 1;
    hashed = hashOf(hashed, batch);
    products += batch.lines.length + batch.faults.length;
    onProgress(products);
    if (number < state.batches) continue;
    if (number === state.batches) assertSame(hashed, state);
    else {
      await importBatch(batch, `${state.run} ${number}`, options, imported);
      state = { ...state, batches: number, hash: hashed, failed: imported.failed };
      if (!isDryRun) await file.keep(state);
    }
  }
  if (number < state.batches) throw changedFile();
  if (!isDryRun) await file.remove();
  return imported;
}

function assertSame(hashed: string, state: ImportState): void {
  if (hashed !== state.hash) throw changedFile();
}

function changedFile(): CommandFailed {
  return new CommandFailed('the file has changed since the import began: import it without --resume');
}

async function importBatch(
  batch: Batch,
  name: string,
  { api, isDryRun, onFailed }: ImportOptions,
  imported: Imported,
): Promise<void> {
  for (const { line, fault } of batch.faults) {
    imported.failed += 1;
    onFailed(line, fault);
  }
  if (batch.lines.length === 0) return;
  const answer = await api.ask({
    method: 'POST',
    path: '/products/bulk',
    key: hash('sha256', name, 'base64url'),
    body: `{${isDryRun ? '"dryRun":true,' : ''}"products":[${batch.json}]}`,
    isUnfinished: (body) => resultsIn(body).some(({ status }) => status === unfinished),
  });
  for (const [index, result] of resultsIn(answer).entries()) {
    const line = batch.lines[index] ?? 0;
    if (result.status < 300) imported[resultOf(result)] += 1;
    else {
      imported.failed += 1;
      onFailed(line, reasonOf(result));
    }
  }
}

function resultsIn(body: unknown): readonly Result[] {
  return (body as { results: readonly Result[] }).results;
}

function resultOf({ data }: Result): 'created' | 'changed' | 'unchanged' {
  const result = data?.['result'];
  return result === 'created' || result === 'changed' ? result : 'unchanged';
}

/** The fields with their messages, or the code with its facts. */
function reasonOf({ code, data = {} }: Result): string {
  const facts = Object.entries(data).map(
    ([name, fact]) => `${name} ${typeof fact === 'string' ? fact : JSON.stringify(fact)}`,
  );
  if (code === 'VALIDATION_FAILED') return facts.join('; ');
  return facts.length === 0 ? (code ?? '') : `${code} (${facts.join(', ')})`;
}

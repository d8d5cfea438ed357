import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { CommandFailed } from '../output.ts';
import { columns, isColumn, productOf, type Product } from './columns.ts';

export type Format = 'csv' | 'ndjson';

/** A product of a file, or why the line has none. */
export type FileLine =
  { readonly line: number; readonly product: Product } | { readonly line: number; readonly fault: string };

/** Longer than any product that the server takes. */
const lineCharactersMax = 1024 * 1024;

/** The products of a file, read as they are needed, so that memory does not grow with the file. */
export function readProducts(bytes: AsyncIterable<Uint8Array>, format: Format): AsyncIterable<FileLine> {
  return format === 'csv' ? readCsv(decoded(bytes)) : readNdjson(decoded(bytes));
}

/** A byte order mark at the start is left out. */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
    decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new CommandFailed('the file is not UTF-8');
    throw error;
  }
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* readCsv(texts: AsyncIterable<string>): AsyncGenerator<FileLine> {
  const options = {
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: lineCharactersMax,
  } as const;
  const parser = Readable.from(texts)
    .on('error', (error) => parser.destroy(error))
    .pipe(parse(options));
  let header: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<Row>) {
      if (header === undefined) header = headerOf(record);
      else yield rowOf(header, record, info.lines);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new CommandFailed(`the file is not CSV: ${error.message}`);
    throw error;
  }
}

function headerOf(record: readonly string[]): readonly string[] {
  const names = record.map((name) => name.trim());
  const unknown = names.filter((name) => !isColumn(name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (unknown.length > 0)
    throw new CommandFailed(`unknown columns: ${unknown.join(', ')}; the columns are: ${columns.join(', ')}`);
  if (twice !== undefined) throw new CommandFailed(`the column ${twice} is given twice`);
  return names;
}

function rowOf(header: readonly string[], record: readonly string[], line: number): FileLine {
  if (record.length !== header.length)
    return { line, fault: `has ${record.length} cells, and the header has ${header.length}` };
  return { line, product: productOf(header.filter(isColumn), record) };
}

async function* readNdjson(texts: AsyncIterable<string>): AsyncGenerator<FileLine> {
  let line = 0;
  for await (const text of linesOf(texts)) {
    line += 1;
    if (text.trim() !== '') yield { line, ...objectOf(text) };
  }
}

function objectOf(text: string): { readonly product: Product } | { readonly fault: string } {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { product: value as Product } : { fault: 'is not a JSON object' };
  } catch {
    return { fault: 'is not JSON' };
  }
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > lineCharactersMax)
      throw new CommandFailed(`a line is longer than ${lineCharactersMax} characters`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Api, type ApiOptions } from '../catalog/api.ts';
import { columns } from '../catalog/columns.ts';
import { exportProducts } from '../catalog/export-products.ts';
import { importProducts } from '../catalog/import-products.ts';
import { ImportStateFile } from '../catalog/import-state.ts';
import { readProducts, type Format } from '../catalog/read-products.ts';
import { CommandFailed, isJson, print } from '../output.ts';
import { Progress } from '../progress.ts';

interface AccessOptions {
  readonly url: string;
  readonly email?: string;
  readonly passwordStdin?: true;
  readonly retrySeconds: number;
}

interface ImportOptions extends AccessOptions {
  readonly format?: Format;
  readonly dryRun?: true;
  readonly resume?: true;
}

interface ExportOptions extends AccessOptions {
  readonly format?: Format;
  readonly discontinued?: true;
}

const retrySecondsMax = 3600;

export function catalogCommand(): Command {
  const importing = new Command('import')
    .description('create and change products from a file')
    .argument('<file>', 'CSV with a header, or NDJSON; - for standard input')
    .option('--dry-run', 'only check the lines, on the server; nothing is changed')
    .option('--resume', 'go on where an import of this file was stopped')
    .addHelpText('after', `\nColumns: ${columns.join(', ')}; see docs/catalog-files.md.`)
    .action(importFile);
  const exporting = new Command('export')
    .description('write the products to a file that import reads')
    .argument('[file]', '- for standard output', '-')
    .option('--discontinued', 'with discontinued products; only for staff')
    .action(exportFile);
  const catalog = new Command('catalog').description('import and export the products of an installation, over HTTP');
  for (const command of [importing, exporting]) catalog.addCommand(withAccess(command));
  return catalog;
}

function withAccess(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'by default as the name of the file ends').choices(['csv', 'ndjson']))
    .addOption(
      new Option('--url <url>', 'address of the installation').env('HOLDFAST_URL').default('http://127.0.0.1:8080'),
    )
    .option('--email <address>', 'sign in with this address; otherwise HOLDFAST_TOKEN is used')
    .option('--password-stdin', 'read the password from standard input')
    .option('--retry-seconds <seconds>', 'how long to repeat a request while the server is unavailable', seconds, 60);
}

async function importFile(file: string, options: ImportOptions, command: Command): Promise<void> {
  const format = formatOf(file, options.format);
  if (file === '-' && options.passwordStdin === true)
    throw new CommandFailed('standard input cannot be both the file and the password: set HOLDFAST_TOKEN');
  const api = new Api(await apiOptions(options));
  const bytes = file === '-' ? process.stdin : createReadStream(file);
  const progress = new Progress('import', file === '-' ? undefined : await sizeOf(file));
  let read = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  };
  try {
    const imported = await importProducts({
      lines: readProducts(counted(), format),
      api,
      state: new ImportStateFile(file),
      isDryRun: options.dryRun === true,
      isResumed: options.resume === true,
      onFailed: (line, why) => {
        progress.end();
        console.error(`line ${line}: ${why}`);
      },
      onProgress: (products) => progress.show({ done: read, count: products, unit: 'products' }),
    });
    progress.end();
    const { created, changed, unchanged, failed } = imported;
    const said =
      options.dryRun === true
        ? `Checked: ${unchanged} lines are good, ${failed} are not. Nothing was changed.`
        : `Created ${created}, changed ${changed}, unchanged ${unchanged}, failed ${failed}.`;
    print(isJson(command), imported, said);
    if (failed > 0) process.exitCode = 1;
  } catch (error) {
    progress.end();
    if (error instanceof CommandFailed && file !== '-' && options.dryRun !== true)
      throw new CommandFailed(`${error.message}\nTo go on from where it stopped, add --resume.`);
    throw error;
  }
}

async function exportFile(file: string, options: ExportOptions): Promise<void> {
  const format = formatOf(file, options.format);
  const api = new Api(await apiOptions(options));
  const out = file === '-' ? process.stdout : createWriteStream(file);
  const progress = new Progress('export', undefined);
  const count = await exportProducts({
    api,
    out,
    format,
    withDiscontinued: options.discontinued === true,
    onProgress: (products, total) => progress.show({ done: products, of: total, count: products, unit: 'products' }),
  });
  progress.end();
  if (out !== process.stdout) {
    out.end();
    await finished(out);
    console.error(`Exported ${count} products.`);
  }
}

function formatOf(file: string, given: Format | undefined): Format {
  if (given !== undefined) return given;
  const [, ending = ''] = /\.(csv|ndjson|jsonl)$/i.exec(file) ?? [];
  if (ending === '')
    throw new CommandFailed('pass --format csv or --format ndjson: the name of the file does not say it');
  return ending.toLowerCase() === 'csv' ? 'csv' : 'ndjson';
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`${file} cannot be read: ${error.message}`);
  });
  return found.size;
}

async function apiOptions({ url, email, passwordStdin, retrySeconds }: AccessOptions): Promise<ApiOptions> {
  const retryMs = retrySeconds * 1000;
  const base = url.replace(/\/+$/, '');
  if (email === undefined) return { url: base, access: process.env['HOLDFAST_TOKEN'], retryMs };
  if (passwordStdin !== true) throw new CommandFailed('--email needs --password-stdin');
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  return { url: base, access: { email, password }, retryMs };
}

function seconds(given: string): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value <= retrySecondsMax) return value;
  throw new InvalidArgumentError(`Not a whole number up to ${retrySecondsMax}.`);
}

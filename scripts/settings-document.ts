// Writes the table of docs/settings.md, or with --check tells whether it is current.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configTable } from '#platform';

const file = join(import.meta.dirname, '..', 'docs/settings.md');
const between = /(<!-- settings -->\n)[\s\S]*(<!-- \/settings -->)/;

const present = await readFile(file, 'utf8');
const wanted = present.replace(
  between,
  (_, begin: string, end: string) => `${begin}\n<!-- prettier-ignore -->\n${configTable()}\n\n${end}`,
);
if (process.argv.includes('--check')) {
  if (present !== wanted) {
    console.error('docs/settings.md has other settings than the code: run npm run settings and commit the result.');
    process.exitCode = 1;
  }
} else await writeFile(file, wanted);

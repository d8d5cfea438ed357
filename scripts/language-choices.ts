// Writes the choices of HOLDFAST_LANGUAGE, or with --check tells whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languages } from '../libs/http/messages/languages.ts';

const file = join(import.meta.dirname, '../libs/platform/config/languages.ts');

const present = await readFile(file, 'utf8');
const names = languages.map((language) => `'${language}'`).join(', ');
const wanted = present.replace(/\[.*\]/, `[${names}]`);
if (process.argv.includes('--check')) {
  if (present !== wanted) {
    console.error(
      'HOLDFAST_LANGUAGE has other choices than there are messages: run npm run settings and commit the result.',
    );
    process.exitCode = 1;
  }
} else await writeFile(file, wanted);

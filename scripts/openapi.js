// Writes docs/openapi.json and docs/guide/errors.md, or with --check tells whether they are current. Reads the built services: npm run build first.
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');

function builtDocument(service) {
  return pathToFileURL(join(root, 'dist', 'apps', service, 'api-document.js')).href;
}

async function documentOf(service) {
  const { apiDocument } = await import(builtDocument(service));
  return apiDocument();
}

function mergePaths(a, b) {
  const paths = { ...a };
  for (const [path, operations] of Object.entries(b)) paths[path] = { ...paths[path], ...operations };
  return Object.fromEntries(Object.entries(paths).toSorted(([one], [other]) => one.localeCompare(other)));
}

function mergeTags(a, b) {
  return [...a, ...b.filter(({ name }) => !a.some((tag) => tag.name === name))];
}

/** Both services in one document: a gateway makes one origin of them. */
async function wholeDocument() {
  const [commands, queries] = await Promise.all(['command-api', 'query-api'].map(documentOf));
  return {
    ...commands,
    info: { ...commands.info, title: 'Holdfast' },
    paths: mergePaths(commands.paths, queries.paths),
    tags: mergeTags(commands.tags, queries.tags),
    components: {
      ...commands.components,
      schemas: { ...commands.components.schemas, ...queries.components.schemas },
      examples: { ...commands.components.examples, ...queries.components.examples },
    },
  };
}

async function checkOrWrite(file, text) {
  if (!process.argv.includes('--check')) return writeFile(file, text);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === text) return;
  console.error(`${relative(root, file)} is not what the services declare: run npm run openapi and commit the result.`);
  process.exitCode = 1;
}

const { errorsMarkdown } = await import(builtDocument('query-api'));
await checkOrWrite(join(root, 'docs', 'openapi.json'), `${JSON.stringify(await wholeDocument(), null, 2)}\n`);
await checkOrWrite(join(root, 'docs', 'guide', 'errors.md'), errorsMarkdown());

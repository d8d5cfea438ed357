import { basename, join } from 'node:path';
import { build } from 'rolldown';
import options from '../../rolldown.config.js';

const root = join(import.meta.dirname, '../..');
const bundles = new Map<string, Promise<string>>();

/**
 * A program of the benchmarks, built like the services: it is measured as they run, and Node cannot run sources with
 * decorators as they are.
 */
export function bundled(entry: string): Promise<string> {
  const made = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, made);
  return made;
}

async function bundle(entry: string): Promise<string> {
  const name = basename(entry, '.ts');
  const dir = join(root, '.holdfast/bench', name);
  await build({ ...options, cwd: root, input: { [name]: entry }, output: { dir, keepNames: true } });
  return join(dir, `${name}.js`);
}

import { renameSync, writeFileSync } from 'node:fs';

/** Writes a JSON file atomically, readable only by its owner. */
export function writePrivate(path: string, value: unknown): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}

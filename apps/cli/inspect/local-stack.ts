import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm start` keeps in local.json for as long as it runs. */
export interface LocalStack {
  readonly gateway: string;
  /** Addresses by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** The state directory of the local stack that this command is about, if it is about one. */
export function stateDirectory(): string | undefined {
  return process.env['STATE_DIRECTORY'];
}

export function localStack(): LocalStack | undefined {
  const state = stateDirectory();
  const file = state === undefined ? undefined : join(state, 'local.json');
  if (file === undefined || !existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as LocalStack;
}

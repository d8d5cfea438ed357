import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the code says about itself, for what deploys it to agree with. */
export const root = resolve(import.meta.dirname, '../..');

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The app that a command runs, if there is one. */
export function appOf([program, file = '']: readonly string[]): string | undefined {
  const [, app] = /^dist\/apps\/([\w-]+)\/main\.js$/.exec(file) ?? [];
  return program === 'node' && app !== undefined && existsSync(mainOf(app)) ? app : undefined;
}

/** The port an app listens on unless told otherwise. */
export function portOf(app: string | undefined): number | undefined {
  if (app === undefined) return undefined;
  const [, port] = /runService\('[\w-]+', (\d+), /.exec(readFileSync(mainOf(app), 'utf8')) ?? [];
  return port === undefined ? undefined : Number(port);
}

/** Whether every service answers at this path. */
export function isServed(path: string | undefined): boolean {
  return path !== undefined && readText('libs/http/service/operations.ts').includes(`fastify.get('${path}'`);
}

function mainOf(app: string): string {
  return join(root, 'apps', app, 'main.ts');
}

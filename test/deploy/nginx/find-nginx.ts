import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '#dev/servers';
import { root } from '../code.ts';
import { unpackNginx } from './unpack-nginx.ts';

export interface Nginx {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
}

const unpackedIn = join(root, '.holdfast', 'nginx');

/** The machine's nginx, else Debian's, unpacked for us alone and kept; else why there is none. */
export async function findNginx(): Promise<Nginx | { readonly missing: string }> {
  try {
    const installed = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].map((path) => join(path, 'nginx'));
    const command = installed.find((path) => existsSync(path));
    if (command !== undefined) return await versionOf(command, process.env);
    if (!existsSync(unpackedIn)) await unpackNginx(unpackedIn);
    return await versionOf(join(unpackedIn, 'usr', 'sbin', 'nginx'), withLibraries(unpackedIn));
  } catch (error) {
    return { missing: `There is no nginx on PATH, and Debian's could not be unpacked: ${String(error)}` };
  }
}

async function versionOf(command: string, env: NodeJS.ProcessEnv): Promise<Nginx> {
  const [, version = ''] = /nginx\/([\d.]+)/.exec(await run(command, ['-v'], { env })) ?? [];
  return { command, env, version };
}

function withLibraries(folder: string): NodeJS.ProcessEnv {
  const libraries = [join(folder, 'usr', 'lib'), join(folder, 'lib')].filter((path) => existsSync(path));
  const paths = libraries.flatMap((path) =>
    readdirSync(path)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(path, name)),
  );
  return { ...process.env, LD_LIBRARY_PATH: paths.join(delimiter) };
}

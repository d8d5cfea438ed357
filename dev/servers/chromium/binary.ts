import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fetchWithDependencies } from '../debian/fetch-packages.ts';
import { run } from '../process/run.ts';

export interface ChromiumBinary {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

const names = ['chromium-headless-shell', 'chromium', 'google-chrome', 'chromium-browser'];
const unpackedIn = resolve(import.meta.dirname, '../../../.holdfast/chromium');

/** The Chromium on PATH, or else Debian's, downloaded once for all tests. */
export async function chromiumBinary(): Promise<ChromiumBinary> {
  for (const command of names.flatMap(onPath))
    if (await runs({ command, env: process.env })) return { command, env: process.env };
  if (!(await runs(binaryIn(unpackedIn)))) await unpack();
  return binaryIn(unpackedIn);
}

async function unpack(): Promise<void> {
  await mkdir(dirname(unpackedIn), { recursive: true });
  // Two runs may unpack at once: each into a folder of its own, and the first to finish gives it the name.
  const unfinished = await mkdtemp(`${unpackedIn}.unpacking-`);
  try {
    await chmod(unfinished, 0o755);
    await fetchWithDependencies('chromium-headless-shell', unfinished);
    if (!(await runs(binaryIn(unfinished))))
      throw new Error(`The Chromium unpacked into ${unfinished} does not run here.`);
    if (!(await runs(binaryIn(unpackedIn)))) await rm(unpackedIn, { recursive: true, force: true });
    await rename(unfinished, unpackedIn);
  } catch (error) {
    if (await runs(binaryIn(unpackedIn))) return;
    const instead = 'Install one (on Debian: apt-get install chromium-headless-shell).';
    throw new Error(`No Chromium is on PATH, and downloading Debian's failed. ${instead}\n${String(error)}`, {
      cause: error,
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function binaryIn(folder: string): ChromiumBinary {
  const platforms = ['usr/lib', 'lib']
    .flatMap((libraries) => foldersIn(join(folder, libraries)))
    .filter((path) => path.endsWith('-linux-gnu'));
  // PulseAudio keeps one of its libraries in a folder of its own.
  const libraries = platforms.flatMap((path) => [path, ...foldersIn(path)]);
  return {
    command: join(folder, 'usr/lib/chromium/chromium-headless-shell'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(delimiter) },
  };
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}

async function runs({ command, env }: ChromiumBinary): Promise<boolean> {
  if (!existsSync(command)) return false;
  return run(command, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

function onPath(program: string): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).filter((path) => existsSync(path));
}

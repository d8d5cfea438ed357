import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fetchPackages } from '../debian/fetch-packages.ts';

const packages = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];
const abandonedAfterMs = 3_600_000;

const instead =
  'Either install it (on Debian: apt-get install redis-server), or use your own Redis: ' +
  'REDIS_URL=redis://:password@host:6379.';

/** Downloads the Debian packages of Redis and unpacks them into a folder, without changing the system. */
export async function unpackRedis(
  folder: string,
  works: (folder: string) => Promise<boolean>,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb')) {
    throw new Error(`redis-server is not on PATH, and there is no apt-get to download it with. ${instead}`);
  }
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  // Concurrent starts unpack into separate folders; the first to finish renames its folder.
  const unfinished = await mkdtemp(`${folder}.unpacking-`);
  try {
    await chmod(unfinished, 0o755);
    report('redis-server is not on PATH; downloading the Debian package');
    await fetchPackages(packages, unfinished, signal);
    if (!(await works(unfinished))) throw new Error(`The redis-server unpacked into ${unfinished} does not run here.`);
    if (!(await works(folder))) await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } catch (error) {
    signal?.throwIfAborted();
    if (await works(folder)) return;
    throw new Error(
      `redis-server is not on PATH, and downloading the Debian package failed. ${instead}\n${String(error)}`,
      {
        cause: error,
      },
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.unpacking-`;
  for (const name of (await readdir(dirname(folder))).filter((entry) => entry.startsWith(prefix))) {
    const path = join(dirname(folder), name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > abandonedAfterMs) await rm(path, { recursive: true, force: true });
  }
}

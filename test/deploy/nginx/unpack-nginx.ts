import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fetchPackages } from '#dev/servers';

const packages = ['nginx', 'libpcre2-8-0'];

/** Downloads Debian's nginx and unpacks it into a folder of ours; the system itself stays as it is. */
export async function unpackNginx(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  // Two runs may unpack at once: each into a folder of its own, and the first to finish gives it the name.
  const unfinished = await mkdtemp(`${folder}.unpacking-`);
  try {
    await chmod(unfinished, 0o755);
    await fetchPackages(packages, unfinished);
    await rename(unfinished, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY') throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

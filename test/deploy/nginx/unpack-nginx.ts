import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '#servers';

const packages = ['nginx', 'libpcre2-8-0'];
// Debian 13 and Ubuntu 24.04 renamed it with the change of time_t.
const sslPackages = ['libssl3', 'libssl3t64'];
const downloadTimeoutMs = 120_000;

/** Downloads Debian's nginx and unpacks it into a folder of ours; the system itself stays as it is. */
export async function unpackNginx(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  // Two runs may unpack at once: each into a folder of its own, and the first to finish gives it the name.
  const unfinished = await mkdtemp(`${folder}.unpacking-`);
  try {
    await chmod(unfinished, 0o755);
    await download(unfinished);
    await rename(unfinished, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY') throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function download(folder: string): Promise<void> {
  const apt = join(folder, 'apt');
  for (const part of ['lists/partial', 'cache/archives/partial', 'log'])
    await mkdir(join(apt, part), { recursive: true });
  const own = [
    `Dir::State::lists=${join(apt, 'lists')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
    `Dir::Log=${join(apt, 'log')}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=root',
    'Acquire::Retries=2',
  ];
  const flags = own.flatMap((setting) => ['-o', setting]);
  const options = { cwd: apt, env: { ...process.env, LC_ALL: 'C.UTF-8' }, timeoutMs: downloadTimeoutMs };
  await run('apt-get', [...flags, 'update'], options);
  const known = await run('apt-cache', [...flags, 'pkgnames', 'libssl3'], options);
  const ssl = sslPackages.find((name) => known.split('\n').includes(name)) ?? 'libssl3';
  await run('apt-get', [...flags, 'download', ...packages, ssl], options);
  const archives = (await readdir(apt)).filter((name) => name.endsWith('.deb'));
  for (const archive of archives) await run('dpkg-deb', ['-x', join(apt, archive), folder], options);
  await rm(apt, { recursive: true, force: true });
}

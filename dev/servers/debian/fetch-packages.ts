import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type RunOptions } from '../process/run.ts';

// Renamed in Debian 13 and Ubuntu 24.04 with the change of time_t.
const sslPackages = ['libssl3', 'libssl3t64'];
const downloadTimeoutMs = 300_000;

/** Unpacks Debian packages and the libssl of this release into a folder, without changing the system. */
export async function fetchPackages(packages: readonly string[], folder: string, signal?: AbortSignal): Promise<void> {
  const apt = join(folder, 'apt');
  const options = await aptOptions(apt, signal);
  await run('apt-get', ['update'], options);
  const known = await Promise.all(
    sslPackages.map((name) =>
      run('apt-cache', ['show', name], options).then(
        () => [name],
        () => [],
      ),
    ),
  );
  await run('apt-get', ['download', ...packages, ...known.flat().slice(0, 1)], options);
  await unpackArchives(apt, folder, options);
  await rm(apt, { recursive: true, force: true });
}

/** Unpacks a Debian package and whatever of its dependencies is not installed here into a folder, without changing the system. */
export async function fetchWithDependencies(name: string, folder: string): Promise<void> {
  const apt = join(folder, 'apt');
  const options = await aptOptions(apt);
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '--download-only', '--no-install-recommends', '--yes', name], options);
  await unpackArchives(join(apt, 'cache/archives'), folder, options);
  await rm(apt, { recursive: true, force: true });
}

async function aptOptions(apt: string, signal?: AbortSignal): Promise<RunOptions> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', APT_CONFIG: await aptConfiguration(apt) };
  return { cwd: apt, env, signal, timeoutMs: downloadTimeoutMs };
}

async function unpackArchives(from: string, folder: string, options: RunOptions): Promise<void> {
  const archives = (await readdir(from)).filter((name) => name.endsWith('.deb'));
  for (const archive of archives) await run('dpkg-deb', ['-x', join(from, archive), folder], options);
}

/** The settings of the machine (such as a proxy), but with our folders and without hooks that change the system. */
async function aptConfiguration(apt: string): Promise<string> {
  const settings = (await run('apt-config', ['dump'])).split('\n');
  const harmless = settings.filter((line) => !/^(?:APT::Update::P|DPkg::)/.test(line));
  const own = {
    'Dir::Etc::parts': '/dev/null',
    'Dir::Etc::main': '/dev/null',
    'Dir::State::lists': join(apt, 'lists'),
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Log': join(apt, 'log'),
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': 'root',
    'Acquire::http::Timeout': '30',
    'Acquire::Retries': '2',
  };
  for (const folder of ['lists/partial', 'cache/archives/partial', 'log']) {
    await mkdir(join(apt, folder), { recursive: true });
  }
  const file = join(apt, 'apt.conf');
  await writeFile(file, [...harmless, ...Object.entries(own).map(([name, value]) => `${name} "${value}";`)].join('\n'));
  return file;
}

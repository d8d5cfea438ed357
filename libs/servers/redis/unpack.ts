import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from '../process/run.ts';

const packages = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];
// Debian 13 and Ubuntu 24.04 renamed it with the change of time_t.
const sslPackages = ['libssl3', 'libssl3t64'];
const downloadTimeoutMs = 300_000;
const abandonedAfterMs = 3_600_000;

const instead =
  'Either install it (on Debian: apt-get install redis-server), or start a Redis of your own and name it: ' +
  'REDIS_URL=redis://:password@host:6379.';

/** Downloads Debian's packages of Redis and unpacks them into a folder of ours; the system itself stays as it is. */
export async function unpackRedis(
  folder: string,
  works: (folder: string) => Promise<boolean>,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb')) {
    throw new Error(`There is no redis-server on PATH, and no apt-get to fetch one with. ${instead}`);
  }
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  // Two starts may unpack at once: each into a folder of its own, and the first to finish gives it the name.
  const unfinished = await mkdtemp(`${folder}.unpacking-`);
  try {
    await chmod(unfinished, 0o755);
    await download(unfinished, report, signal);
    if (!(await works(unfinished))) throw new Error(`The redis-server unpacked into ${unfinished} does not run here.`);
    if (!(await works(folder))) await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } catch (error) {
    signal?.throwIfAborted();
    if (await works(folder)) return;
    throw new Error(`There is no redis-server on PATH, and fetching Debian's failed. ${instead}\n${String(error)}`, {
      cause: error,
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function download(folder: string, report: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const apt = join(folder, 'apt');
  const env = { ...process.env, LC_ALL: 'C.UTF-8', APT_CONFIG: await aptConfiguration(apt) };
  const options = { cwd: apt, env, signal, timeoutMs: downloadTimeoutMs };
  report("no redis-server on PATH: fetching the lists of Debian's packages");
  await run('apt-get', ['update'], options);
  const known = await Promise.all(
    sslPackages.map((name) =>
      run('apt-cache', ['show', name], options).then(
        () => [name],
        () => [],
      ),
    ),
  );
  report('downloading Redis');
  await run('apt-get', ['download', ...packages, ...known.flat().slice(0, 1)], options);
  const archives = (await readdir(apt)).filter((name) => name.endsWith('.deb'));
  for (const archive of archives) await run('dpkg-deb', ['-x', join(apt, archive), folder], options);
  await rm(apt, { recursive: true, force: true });
}

/** The machine's own settings (a proxy, say), but with our folders and without its hooks, which change the system. */
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

async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.unpacking-`;
  for (const name of (await readdir(dirname(folder))).filter((entry) => entry.startsWith(prefix))) {
    const path = join(dirname(folder), name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > abandonedAfterMs) await rm(path, { recursive: true, force: true });
  }
}

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../process/run.ts';

// Renamed in Debian 13 and Ubuntu 24.04 with the change of time_t.
const sslPackages = ['libssl3', 'libssl3t64'];
const downloadTimeoutMs = 300_000;

/** Unpacks Debian packages and the libssl of this release into a folder, without changing the system. */
export async function fetchPackages(packages: readonly string[], folder: string, signal?: AbortSignal): Promise<void> {
  const apt = join(folder, 'apt');
  const env = { ...process.env, LC_ALL: 'C.UTF-8', APT_CONFIG: await aptConfiguration(apt) };
  const options = { cwd: apt, env, signal, timeoutMs: downloadTimeoutMs };
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
  const archives = (await readdir(apt)).filter((name) => name.endsWith('.deb'));
  for (const archive of archives) await run('dpkg-deb', ['-x', join(apt, archive), folder], options);
  await rm(apt, { recursive: true, force: true });
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

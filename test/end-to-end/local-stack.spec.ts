import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Facts {
  readonly gateway: string;
  readonly pids: Record<string, number>;
}

interface Started {
  readonly child: ChildProcess;
  readonly said: string;
  readonly facts: Facts;
}

const guides = readdirSync('docs/guide').filter((page) =>
  /<!-- tested/.test(readFileSync(`docs/guide/${page}`, 'utf8')),
);
const testedBlocks = /<!-- tested(?:: (\d+))? -->\s+```sh\n([\s\S]*?)```/g;
/** Commands that are rejected are an error, unless it is said. */
const failing = 'curl() { command curl --fail-with-body "$@"; }';
const { DATABASE_URL: _, ...withoutDatabase } = process.env;

/** A block with commands that are answered with this status. */
function rejected(status: string, block: string): string {
  return `said=$( curl() { command curl "$@"; }; ${block} ); echo "$said"; grep -q '"statusCode":${status}' <<< "$said"`;
}

/** `npm start`, as the README says it, with a state directory of the test's own and any free port. */
describe('npm start', () => {
  let state: string;
  let started: Started;

  beforeAll(async () => {
    // Not below the test's own temporary directory: its parents may be closed to the user that PostgreSQL runs as.
    state = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
    started = await start();
  });

  afterAll(async () => {
    await stop(started.child);
    await rm(state, { recursive: true, force: true });
  });

  async function start(): Promise<Started> {
    const args = ['--conditions=source', 'dev/local/start.ts', '--port', '0', '--state', state];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        if (said.includes('Ctrl-C stops everything')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
    });
    return { child, said, facts: JSON.parse(await readFile(join(state, 'local.json'), 'utf8')) as Facts };
  }

  function stop(child: ChildProcess): Promise<number | null> {
    if (child.exitCode !== null) return Promise.resolve(child.exitCode);
    child.kill('SIGINT');
    return new Promise((resolve) => child.once('exit', resolve));
  }

  function bash(script: string, env = process.env): Promise<string> {
    return new Promise((resolve, reject) => {
      const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], { cwd: state, env });
      let said = '';
      shell.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      shell.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      shell.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`exit ${code}: ${said}`))));
    });
  }

  /** For this stack, wherever the reader's would be. */
  function local(script: string): string {
    return script
      .replaceAll('http://127.0.0.1:8080', started.facts.gateway)
      .replaceAll('.holdfast/', '')
      .replaceAll('npm run -s holdfast --', `env -u DATABASE_URL ${holdfast('')}`);
  }

  function holdfast(args: string, directory = state): string {
    return `STATE_DIRECTORY=${directory} node --conditions=source ${join(process.cwd(), 'dev/local/holdfast.ts')} ${args}`;
  }

  it('prints three lines that work when they are pasted', async () => {
    const lines = started.said.split('\n').filter((line) => /^(TOKEN=|curl )/.test(line));
    expect(lines).toHaveLength(3);
    const said = await bash(lines.join('\n'));
    expect(said).toContain('"product_id":"apple"');
    expect(said).toContain('"stock":10');
  });

  it('makes the commands of the README work', async () => {
    const readme = await readFile('README.md', 'utf8');
    const blocks = [...readme.matchAll(/<!-- tested -->\s+```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
    expect(blocks).not.toHaveLength(0);
    for (const block of blocks) {
      expect(await bash(local(block))).toContain('"stock":47');
    }
  });

  it.each(guides)(
    'makes the commands of the guide work: %s',
    async (page) => {
      const readme = await readFile('README.md', 'utf8');
      const [, variables = ''] = /<!-- tested -->\s+```sh\n([\s\S]*?)\n\n/.exec(readme) ?? [];
      const blocks = [...(await readFile(`docs/guide/${page}`, 'utf8')).matchAll(testedBlocks)];
      const commands = blocks.map(([, status, block = '']) => (status === undefined ? block : rejected(status, block)));
      const script = [variables, failing, ...commands].join('\n');
      await expect(bash(local(script))).resolves.not.toContain('"statusCode":5');
    },
    120_000,
  );

  it('shows with holdfast config what is in force', async () => {
    const config = await bash(holdfast('config --json'), withoutDatabase);
    expect(JSON.parse(config.split('\n').at(-2) ?? '')).toMatchObject({
      HOLDFAST_COMMON_PASSWORDS: 'allow',
      HOLDFAST_PROXY_HOPS: '1',
      HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true',
      HOLDFAST_JOURNAL: 'true',
      HOLDFAST_LOG_LEVEL: 'info',
    });
  }, 60_000);

  it('shows with holdfast status what runs where, and with holdfast logs what it said', async () => {
    const said = await bash(`${holdfast('status')}; ${holdfast('logs command-api -n 1000')}`, withoutDatabase);
    expect(said).toContain(`${started.facts.gateway}  ready`);
    expect(said).toMatch(/^command-api  \d\d:\d\d:\d\d\.\d{3} info command-api is ready/m);
  }, 60_000);

  it('serves both APIs and their documentation from one address', async () => {
    const { gateway } = started.facts;
    for (const path of [
      '/docs',
      '/docs/errors',
      '/openapi.json',
      '/docs/command-api.json',
      '/docs/query-api.json',
      '/health/ready',
    ]) {
      expect([path, (await fetch(`${gateway}${path}`)).status]).toEqual([path, 200]);
    }
  });

  it('has four categories from the start, of which the first is number 1', async () => {
    const api = `${started.facts.gateway}/api/v1`;
    const listed: unknown = await (await fetch(`${api}/categories`)).json();
    expect(listed).toMatchObject([{ id: 'cat_elec' }, { id: 'cat_cloth' }, { id: 'cat_home' }, { id: 'cat_food' }]);
    expect(await (await fetch(`${api}/categories/1`)).json()).toMatchObject({ id: 'cat_elec', name: '電子產品' });
  });

  it('tells through its gateway that it is ready, and nothing of its insides', async () => {
    const { gateway } = started.facts;
    expect(await (await fetch(`${gateway}/health/ready`)).json()).toEqual({ status: 'ready' });
    expect((await fetch(`${gateway}/metrics`)).status).toBe(404);
  });

  it('is what the holdfast command is about, from anywhere', async () => {
    const said = await bash(holdfast('projections verify --all'), withoutDatabase);
    expect(said).toContain('availability');
  });

  it('keeps its secrets to its owner', async () => {
    expect((await stat(join(state, 'local.json'))).mode & 0o077).toBe(0);
  });

  it('stops everything on Ctrl-C, and keeps the data for the next start', async () => {
    const { pids } = started.facts;
    await stop(started.child);
    const alive = Object.values(pids).filter((pid) => isAlive(pid));
    expect(alive).toEqual([]);
    const command = bash(`${holdfast('status')} 2>&1`, withoutDatabase);
    await expect(command).rejects.toThrow(/The local stack is not running .*Start it with npm start/);
    started = await start();
    const stock = await fetch(`${started.facts.gateway}/api/v1/stock/apple`);
    expect(await stock.json()).toMatchObject({ stock: 10 });
  });

  it('repairs what a kill -9 left behind', async () => {
    const { pids } = started.facts;
    const killed = new Promise((resolve) => started.child.once('exit', resolve));
    started.child.kill('SIGKILL');
    await killed;
    started = await start();
    const orphans = Object.values(pids).filter((pid) => isAlive(pid));
    expect(orphans).toEqual([]);
    expect(await (await fetch(`${started.facts.gateway}/api/v1/stock/apple`)).json()).toMatchObject({ stock: 10 });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

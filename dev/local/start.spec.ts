import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child, freePort, readLog } from '#dev/servers';
import { markBuilt } from './build.ts';

const repository = resolve(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'holdfast-start-'));
const local = join(root, '.holdfast', 'local.json');
const running: Child[] = [];

const service = `
  import { createServer } from 'node:http';
  createServer((request, response) => response.end(JSON.stringify({ token: 't', by: process.argv[1] })))
    .listen(Number(process.env.HOLDFAST_PORT), process.env.HOLDFAST_HOST);
`;

/** A repository like this one, with stand-in services that start immediately. */
function layRepository(): void {
  for (const folder of ['deploy', 'dev/local', 'dev/servers'])
    cpSync(join(repository, folder), join(root, folder), { recursive: true });
  writeFileSync(
    join(root, 'package.json'),
    '{ "type": "module", "imports": { "#dev/servers": "./dev/servers/index.ts" } }',
  );
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, '.holdfast'));
  const redis = join(repository, '.holdfast', 'redis');
  if (existsSync(redis)) symlinkSync(redis, join(root, '.holdfast', 'redis'));
  for (const [name, program] of Object.entries({
    'command-api': service,
    'query-api': service,
    projector: service,
    cli: '',
  })) {
    mkdirSync(join(root, 'dist', 'apps', name), { recursive: true });
    writeFileSync(join(root, 'dist', 'apps', name, 'main.js'), program);
  }
  markBuilt(root);
}

async function start(...args: string[]): Promise<Child> {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...env } = process.env;
  const child = await Child.start({
    name: 'npm start',
    command: process.execPath,
    args: ['dev/local/start.ts', ...args],
    cwd: root,
    env,
    logFile: join(root, `start-${running.length}.log`),
    stopSteps: [{ signal: 'SIGTERM', waitMs: 20_000 }],
  });
  running.push(child);
  return child;
}

async function up(...args: string[]) {
  const child = await start('--port', '0', ...args);
  await child.untilReady(
    () => readLog(join(root, `start-${running.length - 1}.log`), 0).text.includes('Ctrl-C'),
    100_000,
  );
  const facts: { gateway: string; pids: Record<string, number> } = JSON.parse(readFileSync(local, 'utf8'));
  return { child, ...facts };
}

const alive = (pids: Record<string, number>): number[] =>
  Object.values(pids).filter(
    (pid) => existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
  );

beforeAll(layRepository);
afterEach(async () => {
  for (const child of running) await child.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('npm start', () => {
  it('brings everything up, and leaves nothing running when it is stopped', async () => {
    const { child, gateway, pids } = await up();
    expect(Object.keys(pids)).toEqual(['start', 'postgres', 'redis', 'projector', 'query-api', 'command-api']);
    expect(alive(pids)).toHaveLength(6);
    expect(await (await fetch(`${gateway}/api/v1/stock/apple`)).json()).toMatchObject({
      by: expect.stringContaining('query-api'),
    });
    process.kill(child.pid, 'SIGINT');
    process.kill(child.pid, 'SIGINT');
    expect(await child.exited).toEqual({ code: 0, signal: null });
    expect([alive(pids), existsSync(local)]).toEqual([[], false]);
  });

  it('says who runs already', async () => {
    const first = await up();
    const second = await start('--port', '0');
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.lastLines()).toBe(`Holdfast is already running: process ${first.pids['start']}, ${first.gateway}`);
  });

  it('repairs what a killed start has left', async () => {
    const killed = await up();
    process.kill(killed.child.pid, 'SIGKILL');
    const next = await up();
    expect(alive(killed.pids)).toEqual([]);
    expect(alive(next.pids)).toHaveLength(6);
  });

  it('keeps the data, until it is told to begin anew', async () => {
    const secrets = join(root, '.holdfast', 'secrets.json');
    const password = readFileSync(join(root, '.holdfast', 'postgres.password'), 'utf8');
    const before = readFileSync(secrets, 'utf8');
    const { child } = await up('--fresh');
    expect(readFileSync(secrets, 'utf8')).not.toBe(before);
    expect(readFileSync(join(root, '.holdfast', 'postgres.password'), 'utf8')).not.toBe(password);
    await child.stop();
  });

  it('says that the port is taken before it starts anything', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const child = await start('--port', String(port), '--state', 'elsewhere');
    expect(await child.exited).toEqual({ code: 1, signal: null });
    expect(child.lastLines()).toMatch(`Port ${port} on 127.0.0.1 is taken.`);
    expect(existsSync(join(root, 'elsewhere', 'postgres'))).toBe(false);
    other.close();
  });

  it('rejects a flag it does not know', async () => {
    const child = await start('--prot', '1');
    expect(await child.exited).toEqual({ code: 2, signal: null });
    expect(child.lastLines()).toMatch("Unknown option '--prot'");
  });
});

import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createRedis, untilConnected } from '#platform';
import { Child, freePort, redisBinary, run } from '#dev/servers';
import { environmentOf, interpolate, madeByTheUser, readCompose, type Service } from './compose/read-compose.ts';

const redis = readCompose().services['redis'] as Service;
const secrets = madeByTheUser();
const password = secrets['REDIS_PASSWORD'] ?? '';
const stopSteps = [{ signal: 'SIGTERM', waitMs: 10_000 }] as const;

/** The command of docker-compose.yml, run by a real shell with a real Redis, on a port of the test's own. */
async function startAsComposed(directory: string): Promise<{ child: Child; port: number; env: NodeJS.ProcessEnv }> {
  const [{ command: binary, env: found }, port] = [await redisBinary(() => {}), await freePort()];
  const programs = join(directory, 'bin');
  const server = join(programs, 'redis-server');
  await mkdir(programs);
  // What Redis shows as its command line is of its own making, later.
  await writeFile(
    server,
    `#!/bin/sh\nprintf '%s ' "$0" "$@" >arguments\nexec '${binary}' --port ${port} --bind 127.0.0.1 "$@"\n`,
  );
  await chmod(server, 0o755);
  const [shell = '', ...args] = redis.command?.map((word) => interpolate(word, secrets)) ?? [];
  const path = [programs, dirname(binary), process.env['PATH']].join(delimiter);
  const env = { ...found, ...environmentOf(redis, secrets), PATH: path };
  const logFile = join(directory, 'log');
  const child = await Child.start({ name: 'Redis', command: shell, args, env, cwd: directory, logFile, stopSteps });
  return { child, port, env };
}

describe('the Redis of docker-compose.yml', () => {
  let directory: string;
  let started: Awaited<ReturnType<typeof startAsComposed>>;
  let client: ReturnType<typeof createRedis>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-redis-command-'));
    started = await startAsComposed(directory);
    client = createRedis(`redis://:${password}@127.0.0.1:${started.port}`);
    await untilConnected(client);
  });

  afterAll(async () => {
    client.disconnect();
    await started.child.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('wants the password, which is in no command line', async () => {
    const commandLine = await readFile(join(directory, 'arguments'), 'utf8');
    expect(commandLine).toContain('redis-server');
    expect(commandLine).not.toContain(password);
    const port = String(started.port);
    const ping = run('redis-cli', ['-p', port, 'ping'], { env: { ...started.env, REDISCLI_AUTH: undefined } });
    await expect(ping).resolves.toContain('NOAUTH');
  });

  it('is the process that hears the signals, keeps what it is told, and drops no key', async () => {
    expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await client.info('server')).toContain(`process_id:${started.child.pid}\r\n`);
  });

  it('passes its own healthcheck', async () => {
    const [, line = ''] = redis.healthcheck?.test ?? [];
    const here = line.replace('redis-cli', `redis-cli -p ${started.port}`);
    await expect(run('sh', ['-c', here], { env: started.env })).resolves.toBe('');
    await expect(run('sh', ['-c', here], { env: { ...started.env, REDISCLI_AUTH: 'wrong' } })).rejects.toThrow(
      'exit code 1',
    );
  });
});

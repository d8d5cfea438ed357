import { chmod, chown, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WireDouble } from '#dev/event-store-double';
import { eventStoreMigrations } from '#event-store/postgres';
import { createPool, createRedis, migrate, untilConnected } from '#platform';
import { freePort, startPostgres, startRedis } from '#dev/servers';
import { newAuthority, type Pair } from './certificates.ts';

/** PostgreSQL, Redis and EventStoreDB with TLS, all with certificates for `localhost` of one authority. */
export interface TlsStores {
  /** Files: the authority's certificate, another authority's, and a client's certificate and key. */
  readonly ca: string;
  readonly otherCa: string;
  readonly client: { readonly cert: string; readonly key: string };
  readonly postgresUrl: URL;
  readonly redisUrl: URL;
  readonly eventStorePort: number;
  /** Of an EventStoreDB that wants a certificate of its clients. */
  readonly strictEventStorePort: number;
  stop(): Promise<void>;
}

export async function startTlsStores(): Promise<TlsStores> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-tls-'));
  // PostgreSQL may be another user.
  await chmod(directory, 0o755);
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(directory, name), content, { mode: 0o644 });
    return join(directory, name);
  };
  const [authority, other] = await Promise.all([newAuthority('Holdfast test'), newAuthority('Another')]);
  const [server, client] = await Promise.all([authority.issue('localhost'), authority.issue('holdfast')]);
  const [postgres, redis, eventStore, strict] = await Promise.all([
    startTlsPostgres(join(directory, 'postgres'), server),
    startTlsRedis(join(directory, 'redis'), server),
    WireDouble.start({ tls: server }),
    WireDouble.start({ tls: { ...server, clientCa: authority.cert } }),
  ]);
  return {
    ca: await file('ca.pem', authority.cert),
    otherCa: await file('other-ca.pem', other.cert),
    client: { cert: await file('client.pem', client.cert), key: await file('client-key.pem', client.key) },
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    eventStorePort: eventStore.port,
    strictEventStorePort: strict.port,
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop(), eventStore.stop(), strict.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface TlsServer {
  readonly url: URL;
  stop(): Promise<void>;
}

async function startTlsPostgres(directory: string, { cert, key }: Pair): Promise<TlsServer> {
  const dataDir = join(directory, 'data');
  await mkdir(directory);
  const server = await startPostgres({ dataDir, logFile: join(directory, 'log'), durable: false, superuser: true });
  const { uid, gid } = await stat(dataDir);
  for (const [name, content] of Object.entries({ 'server.crt': cert, 'server.key': key })) {
    await writeFile(join(dataDir, name), content, { mode: 0o600 });
    await chown(join(dataDir, name), uid, gid);
  }
  const pool = createPool({ url: server.url, connectionsMax: 1, name: 'test' });
  await migrate(pool, eventStoreMigrations);
  await pool.query('alter system set ssl = on');
  await pool.query('select pg_reload_conf()');
  await pool.end();
  return { url: atLocalhost(server.url), stop: () => server.stop() };
}

async function startTlsRedis(directory: string, { cert, key }: Pair): Promise<TlsServer> {
  const [dataDir, port] = [join(directory, 'data'), await freePort()];
  await mkdir(directory);
  const server = await startRedis({ dataDir, logFile: join(directory, 'log'), appendOnly: false });
  await writeFile(join(dataDir, 'server.crt'), cert);
  await writeFile(join(dataDir, 'server.key'), key, { mode: 0o600 });
  const redis = createRedis(server.url);
  await untilConnected(redis);
  const files = ['tls-cert-file', 'server.crt', 'tls-key-file', 'server.key'];
  await redis.call('CONFIG', 'SET', 'tls-auth-clients', 'no', ...files, 'tls-port', String(port));
  redis.disconnect();
  const url = atLocalhost(server.url.replace('redis:', 'rediss:'));
  url.port = String(port);
  return { url, stop: () => server.stop() };
}

function atLocalhost(given: string): URL {
  const url = new URL(given);
  url.hostname = 'localhost';
  return url;
}

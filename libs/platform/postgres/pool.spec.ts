import { freshDatabase, silenced, type FreshDatabase } from '#dev/testing';
import { createPool, transaction, type LineTimeouts, type Pool } from '../index.ts';

/** Longer than a connection may go unheard before it is tried. */
const aWhileMs = 2000;
const now = performance.now.bind(performance);

describe('a pool of connections to PostgreSQL that fall silent', () => {
  let database: FreshDatabase;
  let line: Awaited<ReturnType<typeof silenced>>;
  let pool: Pool;

  beforeEach(async () => {
    database = await freshDatabase();
    line = await silenced(database.url);
  });

  afterEach(async () => {
    performance.now = now;
    await pool.end();
    line.close();
    await database.drop();
  });

  async function connected(connections: number, timeouts?: LineTimeouts): Promise<void> {
    pool = createPool({ url: line.url, connectionsMax: connections, name: 'test', ...(timeouts && { timeouts }) });
    const lent = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
    for (const client of lent) client.release();
    expect(pool.idleCount).toBe(connections);
  }

  function ask(): Promise<unknown> {
    return pool.query('select 1 as answer').then(({ rows }) => rows);
  }

  it('lends none of those that lay idle: the first to ask waits a second, and nobody after', async () => {
    await connected(5);
    line.silence();
    performance.now = () => now() + aWhileMs;
    const began = Date.now();
    expect(await ask()).toEqual([{ answer: 1 }]);
    expect(Date.now() - began).toBeLessThan(4000);
    expect(pool.totalCount).toBe(1);
  });

  it('drops one that does not answer in time, and those beside it that lie idle', async () => {
    await connected(5, { connectMs: 3000, answerMs: 1500 });
    line.silence();
    await expect(ask()).rejects.toThrow('Query read timeout');
    expect(await ask()).toEqual([{ answer: 1 }]);
    expect(pool.totalCount).toBe(1);
  });

  it('does not get back one on which a transaction was not answered, which is not waited for twice', async () => {
    const answerMs = 3000;
    await connected(1, { connectMs: 3000, answerMs });
    const began = Date.now();
    const work = transaction(pool, async (client) => {
      line.silence();
      await client.query('select');
    });
    await expect(work).rejects.toThrow('Query read timeout');
    expect(Date.now() - began).toBeLessThan(2 * answerMs);
    expect(await ask()).toEqual([{ answer: 1 }]);
  });

  it('ends, and leaves no connection open', async () => {
    await connected(2, { connectMs: 300, answerMs: 300 });
    const gone = Promise.withResolvers<void>();
    let left = 2;
    pool.on('remove', () => (left -= 1) === 0 && gone.resolve());
    line.silence();
    await pool.end();
    await expect(gone.promise).resolves.toBeUndefined();
    pool = createPool({ url: line.url, connectionsMax: 1, name: 'test' });
  });

  it('has the server notice as soon when a client has vanished, beside what the session asks for', async () => {
    pool = createPool({
      url: line.url,
      connectionsMax: 1,
      name: 'test',
      session: { options: '-c enable_seqscan=off' },
    });
    const { rows } = await pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name like any ('{tcp\\_%,enable\\_seqscan}') order by name`,
    );
    expect(rows.map(({ name, setting }) => `${name} ${setting}`)).toEqual([
      'enable_seqscan off',
      'tcp_keepalives_count 3',
      'tcp_keepalives_idle 5',
      'tcp_keepalives_interval 1',
      'tcp_user_timeout 8000',
    ]);
  });

  it('lets the server say first that a statement took too long, and keeps on answering', async () => {
    await connected(1, { connectMs: 3000, answerMs: 3000 });
    await expect(pool.query('select pg_sleep(60)')).rejects.toThrow('canceling statement due to statement timeout');
    expect(await ask()).toEqual([{ answer: 1 }]);
  });
});
